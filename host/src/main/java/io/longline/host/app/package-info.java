/**
 * The host as an object: {@link io.longline.host.app.HookHost} starts it, and is the API for
 * programs that embed it.
 */
@NullMarked
package io.longline.host.app;

import org.jspecify.annotations.NullMarked;
