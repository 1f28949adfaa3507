package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A file that holds a Zeek log. Immutable; readers of it are independent of each other.
 *
 * <p>Its first bytes, not its name alone, decide whether a file holds a log. Which log it is
 * follows from {@code #path} or {@code _path}, or from the name if there is neither.
 *
 * @since 0.1.0
 */
public final class LogFile {

  private static final int HEAD_BYTES = 4096;

  private final Path file;
  private final String logPath;
  private final boolean isMixed;
  private final @Nullable String onlyPath;
  private final BiConsumer<LogFile, ReadReport> onClose;

  private LogFile(
      Path file,
      String logPath,
      boolean isMixed,
      @Nullable String onlyPath,
      BiConsumer<LogFile, ReadReport> onClose) {
    this.file = file;
    this.logPath = logPath;
    this.isMixed = isMixed;
    this.onlyPath = onlyPath;
    this.onClose = onClose;
  }

  /**
   * Looks for a log in a file.
   *
   * @return empty if there is none: the file is empty, is hidden, has a name that no log has, or a
   *     text that is not a log
   * @throws IOException if it cannot be read
   */
  public static Optional<LogFile> probe(Path file) throws IOException {
    return hasLogName(file) ? probeContent(file) : Optional.empty();
  }

  /** Whether a file has a name that a log may have. */
  static boolean hasLogName(Path file) {
    return LogFileName.mayBeLog(file.getFileName().toString());
  }

  /** Looks for a log in a file, whatever its name. */
  static Optional<LogFile> probeContent(Path file) throws IOException {
    return ofHead(file, head(file));
  }

  /** Looks for a log in the first bytes of a file, which were inflated. */
  static Optional<LogFile> ofHead(Path file, byte[] bytes) {
    return ofHead(file, text(bytes, Math.min(bytes.length, HEAD_BYTES)));
  }

  private static Optional<LogFile> ofHead(Path file, String head) {
    var name = file.getFileName().toString();
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
    boolean isMixed = isJson && !path.isEmpty() && !LogFileName.names(name, path);
    return Optional.of(
        new LogFile(
            file,
            path.isEmpty() ? LogFileName.of(name).stem() : path,
            isMixed,
            null,
            (log, report) -> {}));
  }

  /**
   * The time at which a rotated file was opened, taken from its name, as digits that sort by time.
   * Files of one directory with the same time belong together. Empty if the name does not say.
   */
  public static String rotation(Path file) {
    return LogFileName.of(String.valueOf(file.getFileName())).time();
  }

  /** The first bytes, inflated, as text; if the file is damaged, as far as they can be read. */
  private static String head(Path file) throws IOException {
    var bytes = new byte[HEAD_BYTES];
    int length = 0;
    try (var in = Inflation.of(RegularFile.open(file))) {
      while (length < bytes.length) {
        int count = in.read(bytes, length, bytes.length - length);
        if (count < 0) {
          break;
        }
        length += count;
      }
    } catch (EOFException | ZipException e) {
      // A reader will report it; here the bytes before the damage decide.
    }
    return text(bytes, length);
  }

  private static String text(byte[] bytes, int length) {
    var text = new String(bytes, 0, length, UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static String tsvPath(String head) {
    int at = head.indexOf("#path");
    if (at < 0 || at + 6 > head.length()) {
      return "";
    }
    int end = head.indexOf('\n', at);
    return end < at + 6 ? "" : head.substring(at + 6, end).strip();
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

  /** A copy whose readers pass their report to this consumer when they are closed. */
  LogFile withReports(BiConsumer<LogFile, ReadReport> onClose) {
    return new LogFile(
        file, logPath, isMixed, onlyPath, Objects.requireNonNull(onClose, "onClose"));
  }

  /**
   * A copy whose readers hand out the rows of one log only, for a JSON stream of many logs whose
   * rows name their log. Any other file is returned as it is.
   */
  public LogFile only(String path) {
    return isMixed ? new LogFile(file, path, true, path, onClose) : this;
  }

  /**
   * Whether the file holds this log, or may hold it: a JSON stream whose rows name their log, and
   * whose file name does not, may hold any.
   */
  public boolean mayHold(String path) {
    return isMixed ? onlyPath == null || onlyPath.equals(path) : logPath.equals(path);
  }

  /** The order of files: by the path in their names, rotated ones by time, then by name. */
  public static Comparator<Path> byTime() {
    return Comparator.comparing(
            (Path file) -> LogFileName.of(file.getFileName().toString()), LogFileName.BY_TIME)
        .thenComparing(file -> file.getFileName().toString());
  }

  /** The path of the file. */
  public Path file() {
    return file;
  }

  /** The path of the log, such as {@code conn}; of a stream of many logs, that of the first row. */
  public String logPath() {
    return logPath;
  }

  /**
   * Opens the log.
   *
   * @param fields the fields to read, which are the columns of the records in this order; none for
   *     all
   * @throws IOException if it cannot be opened or read
   */
  public LogReader open(String... fields) throws IOException {
    return fields.length == 0 ? reader().open() : reader().fields(fields).open();
  }

  /**
   * Opens the log for the handles of these fields.
   *
   * @throws IOException if it cannot be opened or read
   */
  public LogReader open(LogFields fields) throws IOException {
    return reader().fields(fields).open();
  }

  /** Starts a reader with other options. */
  public LogReader.Builder reader() {
    var builder = LogReader.builder(file).onClose(report -> onClose.accept(this, report));
    return onlyPath == null ? builder : builder.path(onlyPath);
  }

  /**
   * Cuts the log into segments that several threads can read at the same time. The report on the
   * whole log goes to the consumer of {@link #withReports} when they are closed.
   *
   * @param minBytes the least length of a segment
   * @param most the largest number of segments, 1 or more
   * @throws IOException if it cannot be opened or read
   */
  LogSegments segments(long minBytes, int most) throws IOException {
    return LogSegments.of(file, onlyPath, report -> onClose.accept(this, report), minBytes, most);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
