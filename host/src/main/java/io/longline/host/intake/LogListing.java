package io.longline.host.intake;

import io.longline.host.ledger.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lists the logs of a folder. Thread-safe. */
public final class LogListing {

  private LogListing() {}

  /**
   * The logs directly in a folder, sorted by name. A file that vanishes meanwhile, or whose name is
   * not text, is left out.
   *
   * @param probe knows logs
   * @throws IOException if the folder or a file in it cannot be read
   */
  public static List<FileStamp> of(Path folder, LogProbe probe) throws IOException {
    var logs = new ArrayList<FileStamp>();
    for (var file : files(folder)) {
      try {
        if (probe.look(file).isPresent()) {
          logs.add(FileStamp.of(file));
        }
      } catch (NoSuchFileException e) {
        // Renamed or removed since the folder was listed.
      }
    }
    return logs;
  }

  /**
   * The names of files directly in a folder that would be logs if they were called otherwise,
   * sorted; those that cannot be read are left out.
   *
   * @throws IOException if the folder cannot be read
   */
  public static List<String> passedOver(Path folder, LogProbe probe) throws IOException {
    var names = new ArrayList<String>();
    for (var file : files(folder)) {
      try {
        if (probe.passesOver(file)) {
          names.add(file.getFileName().toString());
        }
      } catch (IOException e) {
        // It may be anything.
      }
    }
    return names;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.filter(Files::isRegularFile).filter(PathText::isFaithful).sorted().toList();
    }
  }
}
