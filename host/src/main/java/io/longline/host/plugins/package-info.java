/**
 * Finds, checks and loads plugins. The only package that knows pf4j. Loading and unloading is
 * confined to one thread.
 */
@NullMarked
package io.longline.host.plugins;

import org.jspecify.annotations.NullMarked;
