/**
 * What the settings of a host mean: their declarations, and the values that a host is started with.
 * It knows the machinery in {@code settings} and the values that it makes, and nothing of a running
 * host. Start with {@code HostSettings}, or with {@code HostConfiguration} to read a settings file.
 */
@NullMarked
package io.longline.host.configuration;

import org.jspecify.annotations.NullMarked;
