/**
 * The protocol between the host and the process of a plugin: messages, their encoding, and the
 * socket. {@code docs/process-protocol.md} describes the conversation.
 */
@NullMarked
package io.longline.host.isolation.wire;

import org.jspecify.annotations.NullMarked;
