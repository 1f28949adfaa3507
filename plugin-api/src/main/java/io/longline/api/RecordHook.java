package io.longline.api;

/**
 * A hook at the site HOOK that is given the records of some logs: the host reads each file once and
 * passes its records to all hooks that asked for them.
 *
 * <pre>{@code
 * @Extension
 * public final class Queries implements RecordHook {
 *   public Interest interest() {
 *     return Interest.in("dns").fields("id.orig_h", "query");
 *   }
 *
 *   public RecordSink open(LogDirectory logs, HookContext context) throws IOException {
 *     var lines = context.output("queries").lines();
 *     return record -> lines.line(record.string(0) + " " + record.string(1));
 *   }
 * }
 * }</pre>
 */
public interface RecordHook extends Hook {

  /** The logs and fields that this hook wants to see. Called once, when the plugin is loaded. */
  Interest interest();

  /**
   * Opens a sink for the records of a batch. As many threads as {@link #maxConcurrency} allows may
   * call this at the same time; the sinks of different batches may be in use at the same time, and
   * should share no mutable state.
   *
   * @param logs the batch
   * @param context what the host offers until the sink is closed; to be used by the sink as well
   * @throws Exception if the batch cannot be processed; it becomes a {@link HookWarning}, and the
   *     other hooks continue
   */
  RecordSink open(LogDirectory logs, HookContext context) throws Exception;
}
