package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/**
 * A file that holds a Zeek log. Immutable; readers of it are independent of each other.
 *
 * <p>Whether a file holds a log is told by its first bytes, not by its name alone; which log it is,
 * by {@code #path} or {@code _path}, and by the name where neither is there.
 */
public final class LogFile {

  /** What a Zeek log may be called; keeps pictures and captures from being looked into. */
  private static final Pattern LOG_NAME =
      Pattern.compile(".*\\.(log\\b.*|(json|jsonl|ndjson|tsv)(\\.gz)?)", Pattern.CASE_INSENSITIVE);

  /** Plain text that Zeek and ZeekControl leave beside the logs. */
  private static final Set<String> NO_LOGS = Set.of("stderr", "stdout", "conn-summary");

  /** Times that rotation puts behind the path: {@code -YY-MM-DD_HH} and {@code __…}. */
  private static final Pattern ROTATION = Pattern.compile("(-\\d\\d-\\d\\d-\\d\\d_\\d\\d|__.*)$");

  private static final String STREAMING_PREFIX = "json_streaming_";

  private static final int HEAD_BYTES = 4096;

  private final Path file;
  private final String logPath;
  private final Consumer<ReadReport> onClose;

  private LogFile(Path file, String logPath, Consumer<ReadReport> onClose) {
    this.file = file;
    this.logPath = logPath;
    this.onClose = onClose;
  }

  /**
   * Looks whether a file holds a log.
   *
   * @return empty if it does not: another name, hidden, a text that is no log, nothing in it
   * @throws IOException if it cannot be read
   */
  public static Optional<LogFile> probe(Path file) throws IOException {
    var name = file.getFileName().toString();
    if (name.startsWith(".") || !LOG_NAME.matcher(name).matches() || NO_LOGS.contains(stem(name))) {
      return Optional.empty();
    }
    var head = head(file);
    var text = head.stripLeading();
    boolean isTsv =
        (text.startsWith("#") && (text.contains("#separator") || text.contains("#fields")))
            || text.contains("\n#fields");
    boolean isJson =
        text.startsWith("{")
            && (name.contains(".log") || text.contains("\"ts\"") || text.contains("\"_path\""));
    if (!isTsv && !isJson && !text.contains("separator \\x")) {
      return Optional.empty();
    }
    var path = isJson ? jsonPath(text) : tsvPath(text);
    return Optional.of(new LogFile(file, path.isEmpty() ? stem(name) : path, report -> {}));
  }

  /** The first bytes, inflated, as text; what there is of them if the file is damaged. */
  private static String head(Path file) throws IOException {
    var bytes = new byte[HEAD_BYTES];
    int length = 0;
    try (var in = Inflation.of(Files.newInputStream(file))) {
      while (length < bytes.length) {
        int count = in.read(bytes, length, bytes.length - length);
        if (count < 0) {
          break;
        }
        length += count;
      }
    } catch (EOFException | ZipException e) {
      // A reader will tell; what could be read decides here.
    }
    var text = new String(bytes, 0, length, UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static String tsvPath(String head) {
    int at = head.indexOf("#path");
    if (at < 0 || at + 6 > head.length()) {
      return "";
    }
    int end = head.indexOf('\n', at);
    return end < 0 ? "" : head.substring(at + 6, end).strip();
  }

  private static String jsonPath(String head) {
    for (var key : new String[] {"\"_path\"", "\"@stream\""}) {
      int at = head.indexOf(key);
      int start = at < 0 ? -1 : head.indexOf('"', at + key.length());
      int end = start < 0 ? -1 : head.indexOf('"', start + 1);
      if (end > 0) {
        return head.substring(start + 1, end);
      }
    }
    return "";
  }

  /** The path that a file's name suggests. */
  private static String stem(String name) {
    int dot = name.indexOf('.');
    var stem = ROTATION.matcher(dot < 0 ? name : name.substring(0, dot)).replaceFirst("");
    return stem.startsWith(STREAMING_PREFIX) ? stem.substring(STREAMING_PREFIX.length()) : stem;
  }

  /** The same file, whose readers hand their report to this consumer when they are closed. */
  public LogFile withReports(Consumer<ReadReport> onClose) {
    return new LogFile(file, logPath, Objects.requireNonNull(onClose, "onClose"));
  }

  /** Where the file is. */
  public Path file() {
    return file;
  }

  /** Which log it is, such as {@code conn}. */
  public String logPath() {
    return logPath;
  }

  /**
   * Opens it.
   *
   * @param fields the fields to read, which are the columns of the records in this order; none for
   *     all
   * @throws IOException if it cannot be opened or read
   */
  public LogReader open(String... fields) throws IOException {
    return fields.length == 0 ? reader().open() : reader().fields(fields).open();
  }

  /** Starts a reader with other options. */
  public LogReader.Builder reader() {
    return LogReader.builder(file).onClose(onClose);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
