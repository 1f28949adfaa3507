/** The plugin {@code traffic-summary}. */
@NullMarked
package io.longline.plugins.traffic;

import org.jspecify.annotations.NullMarked;
