/** The plugin {@code sigma}. */
@NullMarked
package io.longline.plugins.sigma;

import org.jspecify.annotations.NullMarked;
