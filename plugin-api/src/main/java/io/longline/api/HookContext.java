package io.longline.api;

import java.time.Clock;
import org.slf4j.Logger;

/**
 * What the host offers to a hook during one call. Confined to the thread that the hook is called
 * on, but for {@link #isCancelled()}; it is of no use after the call.
 */
public interface HookContext {

  /** A logger named after the hook. */
  Logger logger();

  /** The how-manieth call of this hook with this batch, from 1; 1 at EXIT. */
  int attempt();

  /** The host's clock, in the zone that daily outputs go by. */
  Clock clock();

  /**
   * Whether the host wants this call to end soon. A long loop asks now and then, and throws if so.
   * Thread-safe.
   */
  boolean isCancelled();

  /**
   * The settings, as the user has them or by default.
   *
   * @param type what {@link Hook#settings()} returns
   * @throws IllegalArgumentException if it is another record
   */
  <T extends Record> T settings(Class<T> type);

  /** The files that Zeek extracted from the traffic. */
  ExtractedFiles extractedFiles();

  /**
   * Remarks on something that a person should look at, without failing: it becomes a {@link
   * HookWarning} of kind {@code REMARK}.
   */
  void warn(String message);

  /**
   * An output of the host's output folder. Several hooks may use one.
   *
   * @param name letters, digits, {@code .}, {@code _}, {@code -}, and {@code /} between folders; it
   *     becomes the file {@code NAME.log}, or the folder {@code NAME} if the output is daily
   * @throws IllegalArgumentException if the name is no such name
   */
  Output output(String name);
}
