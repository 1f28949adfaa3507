package io.longline.host.call;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How calls are made in the process of a plugin. Immutable.
 *
 * @param timeout how long a call may take
 * @param concurrency by how many threads at once, if a hook allows that
 * @param outputFolder where in the output folder outputs go; empty for the folder itself
 * @param extracted where Zeek put extracted files; null for a folder in each directory
 * @param zone the time zone that days go by
 * @param workers how many calls are made at once, at most
 * @param windows the folder of parts; null if there is none
 * @param isFindingsJson whether the log of findings is JSON
 */
public record CallOptions(
    Duration timeout,
    int concurrency,
    String outputFolder,
    @Nullable Path extracted,
    String zone,
    int workers,
    @Nullable Path windows,
    boolean isFindingsJson) {

  /** Options of calls without windows. */
  public CallOptions(
      Duration timeout,
      int concurrency,
      String outputFolder,
      @Nullable Path extracted,
      String zone,
      int workers) {
    this(timeout, concurrency, outputFolder, extracted, zone, workers, null, false);
  }
}
