/** What hooks write: staged while a call runs, appended to the outputs when it succeeds. */
@NullMarked
package io.longline.host.output;

import org.jspecify.annotations.NullMarked;
