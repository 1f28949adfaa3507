package io.longline.host.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Whether a disk has room for what is written to a folder. Immutable.
 *
 * @param folder the folder
 * @param room measures the room
 */
record SpaceCheck(CheckedFolder folder, Room.Measure room) implements Check {

  private static final long MEGABYTE = 1_000_000;
  private static final long LEAST_BYTES = 64 * MEGABYTE;
  private static final long FEW_BYTES = 1_000 * MEGABYTE;
  private static final long LEAST_FILES = 1_000;
  private static final long FEW_FILES = 20_000;

  /**
   * The room on a disk. Immutable.
   *
   * @param bytes that this user may still write
   * @param files that may still be made
   * @param allFiles that there may be; 0 if the file system has no such limit, or it is not known
   */
  record Room(long bytes, long files, long allFiles) {

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,18}) (\\d{1,18})\\s*");
    private static final long LIMIT_SECONDS = 10;

    /** Measures the room at a path. */
    @FunctionalInterface
    interface Measure {
      Room at(Path path) throws IOException;
    }

    /** The room at a path. */
    static Room of(Path path) throws IOException {
      long bytes = Files.getFileStore(path).getUsableSpace();
      // Java does not know how many files there may be; stat(1) does.
      var process =
          new ProcessBuilder("stat", "-f", "-c", "%d %c", "--", path.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        process.getOutputStream().close();
        if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          var numbers =
              NUMBERS.matcher(new String(process.getInputStream().readNBytes(100), UTF_8));
          if (numbers.matches()) {
            return new Room(
                bytes, Long.parseLong(numbers.group(1)), Long.parseLong(numbers.group(2)));
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        process.destroyForcibly();
      }
      return new Room(bytes, 0, 0);
    }
  }

  @Override
  public String name() {
    return folder.check("space");
  }

  @Override
  public List<Diagnosis> make() {
    var path = folder.nearest();
    if (path == null || !folder.use().isWritten()) {
      return List.of();
    }
    try {
      return List.of(rated(room.at(path)));
    } catch (IOException e) {
      return List.of(Diagnosis.warning(name(), "not known: " + e, "Look at it: df " + path));
    }
  }

  private Diagnosis rated(Room now) {
    boolean countsFiles = now.allFiles() > 0;
    var found =
        "%d MB free".formatted(now.bytes() / MEGABYTE)
            + (countsFiles ? ", room for %d files".formatted(now.files()) : "");
    if (now.bytes() < LEAST_BYTES || countsFiles && now.files() < LEAST_FILES) {
      return Diagnosis.fault(name(), found, remedy());
    }
    return now.bytes() < FEW_BYTES || countsFiles && now.files() < FEW_FILES
        ? Diagnosis.warning(name(), found, remedy())
        : Diagnosis.ok(name(), found);
  }

  private String remedy() {
    return "Make room, or name a folder on another disk in " + folder.use().setting() + ".";
  }
}
