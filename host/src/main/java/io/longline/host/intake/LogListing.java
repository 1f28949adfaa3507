package io.longline.host.intake;

import io.longline.host.ledger.FileStamp;
import io.longline.zeek.LogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Lists the logs of a folder. Thread-safe. */
public final class LogListing {

  private LogListing() {}

  /**
   * The logs directly in a folder, sorted by name. A file that vanishes meanwhile, or whose name is
   * not text, is left out.
   *
   * @param known names of files that are known to be logs and need not be probed
   * @throws IOException if the folder or a file in it cannot be read
   */
  public static List<FileStamp> of(Path folder, Set<String> known) throws IOException {
    List<Path> files;
    try (var entries = Files.list(folder)) {
      files = entries.filter(Files::isRegularFile).filter(PathText::isFaithful).sorted().toList();
    }
    var logs = new ArrayList<FileStamp>();
    for (var file : files) {
      try {
        if (known.contains(file.getFileName().toString()) || LogFile.probe(file).isPresent()) {
          logs.add(FileStamp.of(file));
        }
      } catch (NoSuchFileException e) {
        // Renamed or removed since the folder was listed.
      }
    }
    return logs;
  }
}
