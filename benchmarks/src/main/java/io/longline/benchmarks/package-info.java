/** Benchmarks; see docs/performance.md for what they showed. */
@NullMarked
package io.longline.benchmarks;

import org.jspecify.annotations.NullMarked;
