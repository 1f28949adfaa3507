/**
 * Unit tests of plugins: start at {@link io.longline.api.testing.HookTester}, which stands in for
 * the host. Confined to one thread.
 */
@NullMarked
package io.longline.api.testing;

import org.jspecify.annotations.NullMarked;
