/**
 * For tests of plugins: a {@link io.longline.api.testing.RecordingContext} stands in for the host.
 */
@NullMarked
package io.longline.api.testing;

import org.jspecify.annotations.NullMarked;
