/**
 * Which jars of plugins a host may load: hashes that were recorded when a plugin was installed, and
 * signatures in the format of minisign.
 *
 * <p>{@link io.longline.host.trust.PluginTrust} is the entry point. Nothing here runs code of a
 * plugin, and nothing here is shared between threads unless its class says so.
 */
@NullMarked
package io.longline.host.trust;

import org.jspecify.annotations.NullMarked;
