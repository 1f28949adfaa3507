/**
 * What the host and the process of a plugin send each other: messages, how their values are
 * written, and the socket. {@code docs/process-protocol.md} describes the conversation.
 */
@NullMarked
package io.longline.host.isolation.wire;

import org.jspecify.annotations.NullMarked;
