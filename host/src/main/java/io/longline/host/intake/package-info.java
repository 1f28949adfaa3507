/** Finds the log directories below the paths that the user names. */
@NullMarked
package io.longline.host.intake;

import org.jspecify.annotations.NullMarked;
