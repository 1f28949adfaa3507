package io.longline.host.report;

import io.longline.api.Finding;
import io.longline.api.Finding.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the log of findings. Immutable. Its texts come from logs, and may be anything.
 *
 * @param micros when it happened, in microseconds since 1970 UTC; null where the row does not say
 * @param window the name of the window; empty for a batch
 * @param plugin the plugin's id
 * @param hook the hook's name
 * @param what what was found: rule, hosts and name
 * @param severity how bad it is
 * @param score how sure it is; null where the row does not say
 * @param where where the record is that it was found in
 * @param sentence what was found, for a person; may be empty
 * @param basis what it is based on
 * @param charts pictures
 */
record ReportedFinding(
    @Nullable Long micros,
    String window,
    String plugin,
    String hook,
    What what,
    Severity severity,
    @Nullable Double score,
    Where where,
    String sentence,
    List<String> basis,
    List<Finding.Chart> charts) {

  /**
   * What is the same in all findings of a group. Immutable.
   *
   * @param rule what was looked for
   * @param source the host that began; empty for none
   * @param destination the other host; empty for none
   * @param name a name; empty for none
   * @param allowedBy the allow list; empty for none
   */
  record What(String rule, String source, String destination, String name, String allowedBy) {}

  /**
   * Where the record is. Immutable.
   *
   * @param uid the connection; empty for none
   * @param log the path of the log; empty for none
   * @param directory the directory; empty for none
   */
  record Where(String uid, String log, String directory) {

    /** Whether it names a log of a directory. */
    boolean isKnown() {
      return !log.isEmpty() && !directory.isEmpty();
    }
  }

  /** Whether an allow list expects it. */
  boolean isAllowed() {
    return !what.allowedBy().isEmpty();
  }
}
