/**
 * Unit tests of plugins: start at {@link io.longline.api.testing.HookTester}, which stands in for
 * the host. Confined to one thread.
 *
 * @since 0.1.0
 */
@NullMarked
package io.longline.api.testing;

import org.jspecify.annotations.NullMarked;
