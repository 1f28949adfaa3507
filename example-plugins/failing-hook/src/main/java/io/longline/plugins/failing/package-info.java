/** The plugin {@code failing-hook}, for tests and to show what a failure looks like. */
@NullMarked
package io.longline.plugins.failing;

import org.jspecify.annotations.NullMarked;
