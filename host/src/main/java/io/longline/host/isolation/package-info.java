/**
 * Processes for plugins that are not trusted to leave the host alone: the protocol that host and
 * worker speak, and the host's side of it. The worker's side is {@code IsolatedWorker} in the
 * package {@code work}.
 */
@NullMarked
package io.longline.host.isolation;

import org.jspecify.annotations.NullMarked;
