package io.longline.api;

/**
 * A hook at the site HOOK: it is called with each batch of logs.
 *
 * <pre>{@code
 * @Extension
 * public final class ManyConnections implements LogHook {
 *   public void process(LogDirectory logs, HookContext context) throws Exception {
 *     for (LogFile file : logs.logs("conn")) {
 *       long[] rows = {0};
 *       try (var reader = file.open("id.orig_h")) {
 *         reader.forEach(record -> rows[0]++);
 *       }
 *       context.output("connections").lines().line(logs.name() + " " + rows[0]);
 *     }
 *   }
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public interface LogHook extends Hook {

  /**
   * Processes a batch. The output of the call becomes visible when this method returns; if it
   * throws, none of it is kept.
   *
   * @param logs the batch
   * @param context what the host offers during this call; not to be kept
   * @throws Exception if the batch could not be processed; anything thrown, errors included,
   *     becomes a {@link HookWarning} and stops nothing else
   */
  void process(LogDirectory logs, HookContext context) throws Exception;
}
