/** The manual pages and the completion of the command line, made when the program is packaged. */
@NullMarked
package io.longline.host.cli.pages;

import org.jspecify.annotations.NullMarked;
