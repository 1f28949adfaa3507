/**
 * Brings batches and workers together: the feeder claims batches in the ledger, the dispatcher
 * pairs them with hooks, workers have the calls made, the committer records how they ended. How a
 * call is made is the concern of {@code host.call}.
 */
@NullMarked
package io.longline.host.work;

import org.jspecify.annotations.NullMarked;
