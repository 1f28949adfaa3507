/**
 * Finds, checks and loads plugins; {@link io.longline.host.plugins.PluginCatalog} is the entry. The
 * only package that knows pf4j. Loading and unloading are confined to one thread.
 */
@NullMarked
package io.longline.host.plugins;

import org.jspecify.annotations.NullMarked;
