package io.longline.host.intake;

import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.IntakeLedger;
import io.longline.zeek.LogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Makes a batch of files that Zeek said it has ended. */
public final class RotatedFiles {

  private RotatedFiles() {}

  /**
   * Takes files.
   *
   * @param names the files in the directory
   * @param ledger forgets that they wait
   * @param intake takes the logs among them
   * @param problems is told of files that cannot be read
   * @throws IOException if they are not recorded; they still wait then
   */
  public static void take(
      Path directory,
      List<String> names,
      IntakeLedger ledger,
      Watcher.Intake intake,
      BiConsumer<Path, String> problems)
      throws IOException {
    var logs = new ArrayList<FileStamp>();
    var settled = new ArrayList<String>();
    for (var name : names) {
      var file = directory.resolve(name);
      try {
        if (LogFile.probe(file).isPresent()) {
          logs.add(FileStamp.of(file));
        }
        settled.add(name);
      } catch (NoSuchFileException e) {
        if (Files.isReadable(directory)) {
          settled.add(name);
        }
        problems.accept(file, "Zeek said that it has ended this file, but it is not there.");
      } catch (IOException e) {
        // Another host may be able to, or this one later.
        problems.accept(file, "Zeek said that it has ended this file, but it cannot be read: " + e);
      }
    }
    if (!logs.isEmpty()) {
      intake.accept(directory, logs);
    }
    ledger.rotatedAccepted(directory, settled);
  }
}
