/**
 * The API of plugins: the hooks that a plugin implements, and what the host gives them.
 *
 * <p>Start at {@link io.longline.api.RecordHook}, which takes the records of the logs that it asks
 * for: the host reads each log once for all such hooks. A {@link io.longline.api.LogHook} is given
 * a whole directory of logs and reads them itself. Both are called at the site {@code HOOK}, with
 * each batch of logs. An {@link io.longline.api.ExitHook} is called at the site {@code EXIT}, when
 * the host closes or the plugin is replaced. A class implements {@code RecordHook} or {@code
 * LogHook}, {@code ExitHook}, or one of the first two and the third. The host finds hooks by pf4j's
 * {@code @Extension} or by a {@code META-INF/services} file.
 *
 * <p>The host makes one object of a hook class, and calls it on one thread at a time unless {@link
 * io.longline.api.Hook#maxConcurrency()} allows more. Contexts, outputs and sinks belong to one
 * call and are confined to the thread that makes it; directories, interests, warnings and secrets
 * are immutable.
 */
@NullMarked
package io.longline.api;

import org.jspecify.annotations.NullMarked;
