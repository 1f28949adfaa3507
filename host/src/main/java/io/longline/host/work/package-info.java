/** Pairs batches with hooks and calls the hooks in a pool of workers. */
@NullMarked
package io.longline.host.work;

import org.jspecify.annotations.NullMarked;
