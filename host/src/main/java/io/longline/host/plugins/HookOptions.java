package io.longline.host.plugins;

import io.longline.api.NoSettings;
import java.time.Duration;

/**
 * How a hook is called, as the settings say. Immutable.
 *
 * @param settings the hook's own settings
 * @param concurrency by how many threads at once, if the hook allows that
 * @param outputFolder where in the output folder its outputs go; empty for the folder itself
 * @param timeout how long a call may take
 */
public record HookOptions(Record settings, int concurrency, String outputFolder, Duration timeout) {

  /** How long a call may take unless the settings say otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

  /** What counts where nothing is set. */
  public static final HookOptions DEFAULT =
      new HookOptions(new NoSettings(), Integer.MAX_VALUE, "", DEFAULT_TIMEOUT);
}
