/**
 * The API of plugins: the hooks that a plugin implements, and what the host gives them.
 *
 * <p>Start at {@link io.longline.api.RecordHook}, which takes the records of the logs that it asks
 * for: the host reads each log once for all such hooks. A {@link io.longline.api.LogHook} is given
 * a whole directory of logs and reads them itself. Both are called at the site {@code HOOK}, with
 * each batch of logs. An {@link io.longline.api.ExitHook} is called at the site {@code EXIT}, when
 * the host closes or the plugin is replaced. A class implements {@code RecordHook} or {@code
 * LogHook}, {@code ExitHook}, or one of the first two and the third. The host finds hooks by pf4j's
 * {@code @Extension} or by a {@code META-INF/services} file. {@link
 * io.longline.api.testing.HookTester} calls them in unit tests.
 *
 * <p><b>Threads.</b> The host makes one object of a hook class, and makes one call of it at a time
 * unless {@link io.longline.api.Hook#maxConcurrency()} allows more. Contexts, outputs and sinks
 * belong to one call, and are used by one thread at a time; directories, interests, warnings and
 * secrets are immutable.
 *
 * <p><b>Life times.</b> A {@link io.longline.api.HookContext} and the outputs that it gives can be
 * used until the call ends: until {@code process} or {@code exit} returns, or until the sink's
 * {@code finish} does. A {@link io.longline.zeek.LogRecord} is valid until {@code accept} returns;
 * the values that it gives stay valid. Fields of the hook's object are a cache: after a crash or a
 * reload there is a new object.
 *
 * <p><b>Nullness.</b> Nothing is null, neither what is passed nor what is returned, unless it is
 * marked {@code @Nullable}.
 *
 * <p><b>Units.</b> Columns are numbered from 0, lines and attempt numbers from 1. Times without an
 * object are microseconds since 1970 UTC, spans of time are microseconds.
 *
 * @since 0.1.0
 */
@NullMarked
package io.longline.api;

import org.jspecify.annotations.NullMarked;
