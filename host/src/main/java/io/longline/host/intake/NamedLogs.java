package io.longline.host.intake;

import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.ledger.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Logs that a user named file by file, whatever they are called. Confined to one thread. */
public final class NamedLogs {

  private final LogProbe probe = LogProbe.ofAnyName();
  private final EventSink events;

  /**
   * Named logs.
   *
   * @param events is given the files that cannot be used
   */
  public NamedLogs(EventSink events) {
    this.events = events;
  }

  /** The logs by the folders that they are in, which are absolute and without symbolic links. */
  public Map<Path, List<FileStamp>> byDirectory(Collection<Path> files) {
    var logs = new LinkedHashMap<Path, List<FileStamp>>();
    for (var file : files) {
      try {
        if (isLog(file)) {
          var directory = file.toAbsolutePath().resolveSibling("").toRealPath();
          logs.computeIfAbsent(directory, each -> new ArrayList<>())
              .add(FileStamp.of(directory.resolve(file.getFileName())));
        }
      } catch (IOException e) {
        reject(file, "It cannot be read: " + e);
      }
    }
    return logs;
  }

  private boolean isLog(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      reject(file, Files.exists(file) ? "It is not a regular file." : "There is no such file.");
      return false;
    }
    if (probe.look(file).isEmpty()) {
      reject(
          file,
          Captures.remedy(file)
              .orElse("It is no Zeek log: it has neither a Zeek header nor rows in JSON."));
      return false;
    }
    return true;
  }

  private void reject(Path file, String reason) {
    events.accept(new HostEvent.PathRejected(file.toString(), reason));
  }
}
