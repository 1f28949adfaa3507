/**
 * What a plugin implements and is given.
 *
 * <p>A plugin has hooks: classes that implement {@link io.longline.api.LogHook}, called with each
 * batch of logs, {@link io.longline.api.ExitHook}, called when the host closes, or both. They are
 * found by pf4j's {@code @Extension} or by a {@code META-INF/services} file. The host makes one
 * object of a hook class and never calls it by two threads at once unless {@link
 * io.longline.api.Hook#maxConcurrency()} allows it.
 */
@NullMarked
package io.longline.api;

import org.jspecify.annotations.NullMarked;
