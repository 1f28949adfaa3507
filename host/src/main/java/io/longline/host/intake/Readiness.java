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

  /** How long files must stay unchanged unless a duration is set. */
  Duration QUIET = Duration.ofSeconds(60);

  /**
   * Reads {@code quiet:60s}, {@code close} or {@code marker:NAME}.
   *
   * @throws IllegalArgumentException if the text is none of these
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
   * The reason why some files are not complete, as a sentence.
   *
   * @param directory the directory that they are in
   * @param files their names
   * @param unchanged for how long Longline has seen them unchanged
   * @return null if they are complete
   * @throws IOException if they cannot be read
   */
  @Nullable String whyNot(Path directory, List<String> files, Duration unchanged)
      throws IOException;

  /** Longline has seen the same names, sizes and times for this long. */
  record Quiet(Duration duration) implements Readiness {
    @Override
    public String toString() {
      return "quiet:" + inUnits("");
    }

    @Override
    public @Nullable String whyNot(Path directory, List<String> files, Duration unchanged) {
      return unchanged.compareTo(duration) >= 0
          ? null
          : "It has changed recently; it is taken once it has been unchanged for "
              + inUnits(" ")
              + ".";
    }

    /** The duration in whole seconds, or in milliseconds. */
    private String inUnits(String space) {
      return duration.toMillis() % 1_000 == 0
          ? duration.toSeconds() + space + "s"
          : duration.toMillis() + space + "ms";
    }
  }

  /** Every TSV log ends with {@code #close}, and there is at least one. */
  record Closed() implements Readiness {

    /** How far from the end of a log its last line is looked for. */
    private static final int TAIL_BYTES = 256;

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
