package io.longline.api;

import java.io.IOException;
import java.time.Clock;
import org.slf4j.Logger;

/**
 * A hook's access to the host during one call; it must not be used afterwards. Confined to the
 * thread that the hook is called on, except for {@link #isCancelled()}.
 *
 * @since 0.1.0
 */
public interface HookContext {

  /** A logger named after the hook. */
  Logger logger();

  /** The attempt number of this call, starting at 1 for each batch or window; always 1 at EXIT. */
  int attempt();

  /** The host's clock; its zone decides on the day of daily outputs. */
  Clock clock();

  /**
   * Whether the host wants this call to end soon. A long loop should ask from time to time, and
   * throw an exception if so. Thread-safe.
   */
  boolean isCancelled();

  /**
   * The user's settings, with default values for the rest.
   *
   * @param type the record class that {@link Hook#settings()} returns
   * @throws IllegalArgumentException if it is another class
   */
  <T extends Record> T settings(Class<T> type);

  /** The files that Zeek extracted from the traffic. */
  ExtractedFiles extractedFiles();

  /**
   * Reports something that a person should look at, without failing: the message becomes a {@link
   * HookWarning} of kind {@code REMARK}. Of one call 1,000 remarks are kept, of 4,000 characters
   * each; one more says how many were left out.
   */
  void warn(String message);

  /**
   * Adds a row to the log of findings, which all hooks share and the report shows: {@code
   * findings.log} for calls on batches and at EXIT, and {@code findings/PLUGIN/HOOK/WINDOW.log} for
   * calls on windows. Exactly as durable as the hook's other outputs, and not in the plugin's
   * folder for outputs.
   *
   * @throws IOException if it cannot be written
   */
  void finding(Finding finding) throws IOException;

  /**
   * An output in the host's output folder. Several hooks may write to the same one.
   *
   * @param name letters, digits, {@code .}, {@code _}, {@code -}, and {@code /} between folders; it
   *     becomes the file {@code NAME.log}, or the folder {@code NAME} if the output is daily or in
   *     a call on a window
   * @throws IllegalArgumentException if the name is invalid
   */
  Output output(String name);

  /**
   * The part of this batch, for the windows of a {@link WindowHook}.
   *
   * @return the same object each time
   * @throws IllegalStateException if the hook is not a {@link WindowHook}, or this is not a call on
   *     a batch
   */
  Part part();
}
