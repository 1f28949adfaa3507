/** The plugin {@code first-seen}: what a network has never seen before. */
@NullMarked
package io.longline.plugins.firstseen;

import org.jspecify.annotations.NullMarked;
