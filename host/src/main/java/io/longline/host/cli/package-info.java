/** The commands of the program, one class each. */
@NullMarked
package io.longline.host.cli;

import org.jspecify.annotations.NullMarked;
