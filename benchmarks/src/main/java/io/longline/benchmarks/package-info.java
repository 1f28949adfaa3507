/** Benchmarks; see docs/performance.md for their results. */
@NullMarked
package io.longline.benchmarks;

import org.jspecify.annotations.NullMarked;
