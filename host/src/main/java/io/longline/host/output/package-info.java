/** Outputs of hooks: staged while a call runs, appended to their files when it succeeds. */
@NullMarked
package io.longline.host.output;

import org.jspecify.annotations.NullMarked;
