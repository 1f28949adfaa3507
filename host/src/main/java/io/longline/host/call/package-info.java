/**
 * How a call of a hook is made: opened, guarded, watched and ended, in a thread of this process or
 * in the process of its plugin. {@link io.longline.host.call.Calls} is the way in; an {@link
 * io.longline.host.call.Assignment} goes in, an {@link io.longline.host.call.EndedCall} for each of
 * its hooks comes out.
 */
@NullMarked
package io.longline.host.call;

import org.jspecify.annotations.NullMarked;
