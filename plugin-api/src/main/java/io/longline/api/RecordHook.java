package io.longline.api;

/**
 * A hook at the site HOOK that is given the records of some logs: the host reads each file once and
 * passes its records to all hooks that asked for them.
 *
 * <pre>{@code
 * @Extension
 * public final class Queries implements RecordHook {
 *   private static final LogFields DNS = LogFields.of("dns");
 *   private static final StringField CLIENT = DNS.string("id.orig_h");
 *   private static final StringField QUERY = DNS.string("query");
 *
 *   public Interest interest() {
 *     return Interest.in(DNS);
 *   }
 *
 *   public RecordSink open(LogDirectory logs, HookContext context) throws IOException {
 *     var lines = context.output("queries").lines();
 *     return record -> lines.line(CLIENT.get(record) + " " + QUERY.get(record));
 *   }
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public interface RecordHook extends Hook {

  /** The logs and fields that this hook wants to see. Called once, when the plugin is loaded. */
  Interest interest();

  /**
   * The logs and fields that this hook wants to see with the user's settings, for a hook whose
   * settings decide that; by default those of {@link #interest()}. Called once, before the first
   * call. Where the settings leave the hook nothing to do, it returns {@link Interest#none}.
   *
   * @param settings a record of the class that {@link #settings()} returns
   * @throws IllegalArgumentException if the settings cannot be used; its message says why, and the
   *     host does not start
   */
  default Interest interest(Record settings) {
    return interest();
  }

  /**
   * Opens a sink for the records of a batch. A hook has at most {@link #maxConcurrency} sinks open
   * at a time: one, unless it says that its sinks share nothing that changes.
   *
   * @param logs the batch
   * @param context what the host offers until the sink is closed; to be used by the sink as well
   * @return the sink, not null
   * @throws Exception if the batch cannot be processed; it becomes a {@link HookWarning}, and the
   *     other hooks continue
   */
  RecordSink open(LogDirectory logs, HookContext context) throws Exception;
}
