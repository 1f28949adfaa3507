/** The plugin {@code http-connections}. */
@NullMarked
package io.longline.plugins.http;

import org.jspecify.annotations.NullMarked;
