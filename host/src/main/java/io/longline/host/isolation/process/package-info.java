/**
 * The program that runs in the process of a plugin: it loads the plugin and makes the calls that
 * the host asks for, by the code of {@code host.call} that makes them in the host.
 */
@NullMarked
package io.longline.host.isolation.process;

import org.jspecify.annotations.NullMarked;
