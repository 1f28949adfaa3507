package io.longline.api;

/**
 * A hook at the site HOOK that is given the records of some logs: the host reads each file once and
 * hands its records to all hooks that asked for them.
 *
 * <pre>{@code
 * @Extension
 * public final class Queries implements RecordHook {
 *   public Interest interest() {
 *     return Interest.in("dns").fields("id.orig_h", "query");
 *   }
 *
 *   public RecordSink open(LogDirectory logs, HookContext context) {
 *     var lines = context.output("queries").lines();
 *     return record -> lines.line(record.string(0) + " " + record.string(1));
 *   }
 * }
 * }</pre>
 */
public interface RecordHook extends Hook {

  /** What it wants to see. Asked for once, when the plugin is loaded. */
  Interest interest();

  /**
   * Makes what takes the records of a batch. It is called by as many threads at once as {@link
   * #maxConcurrency} allows; the sinks of different batches may be at work at the same time, and
   * should share nothing that changes.
   *
   * @param logs the batch
   * @param context what the host offers until the sink is closed; to be used by the sink as well
   * @throws Exception if the batch cannot be processed; it becomes a {@link HookWarning}, and the
   *     other hooks go on
   */
  RecordSink open(LogDirectory logs, HookContext context) throws Exception;
}
