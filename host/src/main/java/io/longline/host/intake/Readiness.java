package io.longline.host.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.longline.host.settings.SettingType;
import io.longline.zeek.LogFile;
import io.longline.zeek.TsvFormat;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When the files of a directory are complete. Immutable. */
public sealed interface Readiness {

  /** For how long the files must be the same if nothing else is said. */
  Duration QUIET = Duration.ofSeconds(60);

  /** Where the line that ends a log is looked for. */
  int TAIL_BYTES = 256;

  /**
   * As people write it: {@code quiet:60s}, {@code close} or {@code marker:NAME}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static Readiness parse(String text) {
    if (text.equals("close")) {
      return new Closed();
    }
    int colon = text.indexOf(':');
    var kind = text.substring(0, Math.max(0, colon));
    var rest = text.substring(colon + 1);
    if (kind.equals("quiet")) {
      return new Quiet(SettingType.duration(rest));
    }
    if (!kind.equals("marker") || rest.isEmpty() || rest.contains("/") || rest.equals("..")) {
      throw new IllegalArgumentException(text);
    }
    return new Marker(rest);
  }

  /**
   * Why some files are not complete.
   *
   * @param directory where they are
   * @param files their names
   * @param unchanged for how long our looks have found them the same
   * @return null if they are complete
   * @throws IOException if they cannot be read
   */
  @Nullable String whyNot(Path directory, List<String> files, Duration unchanged)
      throws IOException;

  /** Our own looks have found the same names, sizes and times for so long. */
  record Quiet(Duration duration) implements Readiness {
    @Override
    public String toString() {
      return "quiet:"
          + (duration.toMillis() % 1_000 == 0
              ? duration.toSeconds() + "s"
              : duration.toMillis() + "ms");
    }

    @Override
    public @Nullable String whyNot(Path directory, List<String> files, Duration unchanged) {
      return unchanged.compareTo(duration) >= 0
          ? null
          : "It changed lately; it is taken when it has been the same for "
              + (duration.toMillis() % 1_000 == 0
                  ? duration.toSeconds() + " s."
                  : duration.toMillis() + " ms.");
    }
  }

  /** Every TSV log ends with {@code #close}, and there is one at least. */
  record Closed() implements Readiness {
    @Override
    public String toString() {
      return "close";
    }

    @Override
    public @Nullable String whyNot(Path directory, List<String> files, Duration unchanged)
        throws IOException {
      int closed = 0;
      for (var name : files) {
        var file = directory.resolve(name);
        var log = LogFile.probe(file);
        if (log.isPresent() && isTsv(log.get())) {
          if (!(isCompressed(name) ? isClosed(log.get()) : hasCloseAtEnd(file))) {
            return name + " does not end with #close yet.";
          }
          closed++;
        }
      }
      return closed > 0 ? null : "It has no log that ends with #close.";
    }
  }

  private static boolean isTsv(LogFile log) throws IOException {
    try (var reader = log.open()) {
      return reader.schema().format() instanceof TsvFormat && !reader.schema().fields().isEmpty();
    }
  }

  private static boolean isCompressed(String name) {
    return name.endsWith(".gz") || name.endsWith(".zst");
  }

  private static boolean isClosed(LogFile log) throws IOException {
    try (var reader = log.open()) {
      reader.forEach(record -> {});
      return reader.report().closed();
    }
  }

  private static boolean hasCloseAtEnd(Path file) throws IOException {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      var tail = new byte[(int) Math.min(in.length(), TAIL_BYTES)];
      in.seek(in.length() - tail.length);
      in.readFully(tail);
      var text = new String(tail, ISO_8859_1).stripTrailing();
      return text.substring(text.lastIndexOf('\n') + 1).startsWith("#close");
    }
  }

  /** A file of this name is in the directory. */
  record Marker(String name) implements Readiness {
    @Override
    public String toString() {
      return "marker:" + name;
    }

    @Override
    public @Nullable String whyNot(Path directory, List<String> files, Duration unchanged) {
      return Files.exists(directory.resolve(name))
          ? null
          : "There is no file " + name + " in it yet.";
    }
  }
}
