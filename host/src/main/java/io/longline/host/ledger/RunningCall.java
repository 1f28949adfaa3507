package io.longline.host.ledger;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call that a host makes at the moment. Immutable.
 *
 * @param hook the hook's id
 * @param directory the log directory; null at EXIT
 * @param age for how long it has been running
 */
public record RunningCall(String hook, @Nullable Path directory, Duration age) {}
