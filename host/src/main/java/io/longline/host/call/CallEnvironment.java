package io.longline.host.call;

import io.longline.host.output.StagedOutputs;
import io.longline.host.settings.SecretMask;
import io.longline.zeek.LogFormat;
import io.longline.zeek.TsvFormat;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The environment that all calls of a process share. Immutable; its parts are thread-safe.
 *
 * @param outputs makes the collector of the outputs of one call
 * @param extracted where Zeek put extracted files; null for {@code extract_files} in each directory
 * @param clock for hooks and warnings
 * @param nanoTime measures how long calls take, as {@link System#nanoTime()} does
 * @param isCancelled whether hooks should end soon
 * @param secrets are masked in the messages of hooks
 * @param windows the folder that parts are in; null if there are none
 * @param findings the format of the log of findings
 */
public record CallEnvironment(
    Supplier<StagedOutputs> outputs,
    @Nullable Path extracted,
    Clock clock,
    LongSupplier nanoTime,
    BooleanSupplier isCancelled,
    SecretMask secrets,
    @Nullable Path windows,
    LogFormat findings) {

  /** The environment of calls without windows. */
  public CallEnvironment(
      Supplier<StagedOutputs> outputs,
      @Nullable Path extracted,
      Clock clock,
      LongSupplier nanoTime,
      BooleanSupplier isCancelled,
      SecretMask secrets) {
    this(outputs, extracted, clock, nanoTime, isCancelled, secrets, null, TsvFormat.ZEEK);
  }
}
