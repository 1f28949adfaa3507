package io.longline.zeek;

import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The path and the time of a log, taken from the name of its file. Immutable.
 *
 * <p>It knows the names that Zeek, ZeekControl, zeek-archiver, the package json-streaming-logs and
 * Security Onion, which uses ZeekControl's, give to logs: {@code conn.log}, {@code
 * conn.2026-11-24-10-00-00.log}, {@code conn-26-11-24_10.00.00.log}, {@code
 * conn.10:00:00-11:00:00.log.gz}, {@code conn__2026-11-24-10-00-00__2026-11-24-11-00-00__.log.gz},
 * {@code json_streaming_conn.1.log}.
 *
 * @param stem the log's path, as far as the name shows it
 * @param time when the log was opened, as digits that sort by time; empty for the log that is being
 *     written, or if the name does not say
 */
record LogFileName(String stem, String time) {

  /** The order of rotated logs: those of one path by time, the one without a time last. */
  static final Comparator<LogFileName> BY_TIME =
      Comparator.comparing(LogFileName::stem)
          .thenComparing(name -> name.time.isEmpty())
          .thenComparing(LogFileName::time);

  /**
   * The names that a Zeek log may have. After the ending there may be times, counters and
   * compressions, such as rotation adds them. Anything else after it is what an upload, a
   * compressor or an editor calls a file that is not finished, or a file about the log.
   */
  private static final Pattern LOG_NAME =
      Pattern.compile(
          ".*\\.(log(\\.labeled)?|json|jsonl|ndjson|tsv)"
              + "([._-][0-9][0-9TZ:+]*|\\.(gz|gzip|zst|zstd))*+",
          Pattern.CASE_INSENSITIVE);

  /** Plain text that Zeek and ZeekControl leave beside the logs. */
  private static final Set<String> NO_LOGS = Set.of("stderr", "stdout", "conn-summary");

  private static final String STREAMING_PREFIX = "json_streaming_";
  private static final Pattern STREAMING_NUMBER = Pattern.compile("[^.]*\\.(\\d{1,9})\\.log.*");
  private static final Pattern OPENED =
      Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)-(\\d\\d)-(\\d\\d)-(\\d\\d)");
  private static final Pattern OPENED_SHORT =
      Pattern.compile("-(\\d\\d)-(\\d\\d)-(\\d\\d)_(\\d\\d)\\.(\\d\\d)\\.(\\d\\d)");
  private static final Pattern OPENED_CLOCK = Pattern.compile("\\.(\\d\\d):(\\d\\d):(\\d\\d)-");

  /** The text that rotation adds to the path, before the first dot. */
  private static final Pattern ROTATION = Pattern.compile("(-\\d\\d-\\d\\d-\\d\\d_\\d\\d|__.*)$");

  /** Takes a name apart. */
  static LogFileName of(String name) {
    int dot = name.indexOf('.');
    var stem = ROTATION.matcher(dot < 0 ? name : name.substring(0, dot)).replaceFirst("");
    if (stem.startsWith(STREAMING_PREFIX)) {
      return new LogFileName(stem.substring(STREAMING_PREFIX.length()), streamingTime(name));
    }
    return new LogFileName(stem, time(name));
  }

  private static String time(String name) {
    for (var pattern : new Pattern[] {OPENED, OPENED_SHORT, OPENED_CLOCK}) {
      var match = pattern.matcher(name);
      if (match.find()) {
        var digits = match.group().replaceAll("\\D", "");
        return pattern == OPENED_SHORT ? "20" + digits : digits;
      }
    }
    return "";
  }

  /** Number 1 is the newest of the rotated ones. */
  private static String streamingTime(String name) {
    var number = STREAMING_NUMBER.matcher(name);
    return number.matches()
        ? String.format(Locale.ROOT, "%010d", 1_000_000_000L - Long.parseLong(number.group(1)))
        : "";
  }

  /** Whether a file of this name may hold a log. */
  static boolean mayBeLog(String name) {
    return !name.startsWith(".")
        && LOG_NAME.matcher(name).matches()
        && !NO_LOGS.contains(of(name).stem);
  }

  /** Whether a name has this path as a word of its own, as in {@code HOST_conn.log}. */
  static boolean names(String name, String path) {
    return Pattern.compile("(^|[^A-Za-z0-9])" + Pattern.quote(path) + "($|[^A-Za-z0-9])")
        .matcher(name)
        .find();
  }
}
