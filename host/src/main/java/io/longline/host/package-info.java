/** The program's entry point. */
@NullMarked
package io.longline.host;

import org.jspecify.annotations.NullMarked;
