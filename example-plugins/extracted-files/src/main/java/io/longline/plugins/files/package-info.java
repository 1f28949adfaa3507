/** The plugin {@code extracted-files}. */
@NullMarked
package io.longline.plugins.files;

import org.jspecify.annotations.NullMarked;
