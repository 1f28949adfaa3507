/**
 * Indexes of plugins: static files {@code index.json}, signed, in a folder or on a web server, that
 * say which plugins there are, in which versions, with which hashes.
 *
 * <p>{@link io.longline.host.index.PluginIndexes} is the entry point. All that is read is hostile
 * until it is checked: sizes, times, redirects and paths are bounded. Everything is confined to one
 * thread unless its class says otherwise.
 */
@NullMarked
package io.longline.host.index;

import org.jspecify.annotations.NullMarked;
