/**
 * {@code longline cut}: columns of logs, as zeek-cut prints them. It knows the reader and writer of
 * logs, and no host.
 */
@NullMarked
package io.longline.host.cli.cut;

import org.jspecify.annotations.NullMarked;
