/** The plugin {@code beacons}. */
@NullMarked
package io.longline.plugins.beacons;

import org.jspecify.annotations.NullMarked;
