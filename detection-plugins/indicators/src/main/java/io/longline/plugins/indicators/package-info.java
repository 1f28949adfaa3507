/** The plugin {@code indicators}: looks for indicators of compromise from feeds. */
@NullMarked
package io.longline.plugins.indicators;

import org.jspecify.annotations.NullMarked;
