/**
 * Processes for plugins that are not trusted to leave the host alone, seen from the host: {@link
 * io.longline.host.isolation.Processes} starts them and makes calls in them. The messages are in
 * {@code isolation.wire}, the program that runs in them in {@code isolation.process}.
 */
@NullMarked
package io.longline.host.isolation;

import org.jspecify.annotations.NullMarked;
