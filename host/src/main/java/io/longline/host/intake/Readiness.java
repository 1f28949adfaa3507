package io.longline.host.intake;

import io.longline.host.ledger.FileStamp;
import io.longline.host.settings.SettingType;
import java.io.IOException;
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
   * @param files the files as they are
   * @param unchanged for how long Longline has seen them unchanged
   * @param probe looks at them
   * @return null if they are complete
   * @throws IOException if they cannot be read
   */
  @Nullable String whyNot(Path directory, List<FileStamp> files, Duration unchanged, LogProbe probe)
      throws IOException;

  /** Longline has seen the same names, sizes and times for this long. */
  record Quiet(Duration duration) implements Readiness {
    @Override
    public String toString() {
      return "quiet:" + inUnits("");
    }

    @Override
    public @Nullable String whyNot(
        Path directory, List<FileStamp> files, Duration unchanged, LogProbe probe) {
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

  /**
   * Every TSV log ends with {@code #close}, and there is at least one. A compressed one that is too
   * long to be inflated at a look must be unchanged for {@link #QUIET}.
   */
  record Closed() implements Readiness {

    @Override
    public String toString() {
      return "close";
    }

    @Override
    public @Nullable String whyNot(
        Path directory, List<FileStamp> files, Duration unchanged, LogProbe probe)
        throws IOException {
      int closed = 0;
      for (var file : files) {
        switch (probe.end(directory.resolve(file.name()), file)) {
          case NO_TSV -> {}
          case CLOSED -> closed++;
          case OPEN -> {
            return file.name() + " does not end with #close yet.";
          }
          case TOO_LONG -> {
            if (unchanged.compareTo(QUIET) < 0) {
              return file.name()
                  + " is too long to be inflated to its end at a look; it is taken once it has been unchanged for "
                  + QUIET.toSeconds()
                  + " s.";
            }
            closed++;
          }
        }
      }
      return closed > 0 ? null : "It has no log that ends with #close.";
    }
  }

  /** A file of this name is in the directory. */
  record Marker(String name) implements Readiness {
    @Override
    public String toString() {
      return "marker:" + name;
    }

    @Override
    public @Nullable String whyNot(
        Path directory, List<FileStamp> files, Duration unchanged, LogProbe probe) {
      return Files.exists(directory.resolve(name))
          ? null
          : "There is no file " + name + " in it yet.";
    }
  }
}
