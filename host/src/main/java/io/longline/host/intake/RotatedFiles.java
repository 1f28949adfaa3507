package io.longline.host.intake;

import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.IntakeLedger;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Makes batches of the files that Zeek has reported as rotated. Confined to one thread. */
public final class RotatedFiles {

  private final LogProbe probe;
  private final IntakeLedger ledger;
  private final LogIntake intake;
  private final BiConsumer<Path, String> rejected;

  /**
   * The rotated files that a ledger knows of.
   *
   * @param probe knows logs
   * @param ledger knows which files are in no batch yet
   * @param intake takes the logs among them
   * @param rejected is given each file that cannot be read, with the reason
   */
  public RotatedFiles(
      LogProbe probe, IntakeLedger ledger, LogIntake intake, BiConsumer<Path, String> rejected) {
    this.probe = probe;
    this.ledger = ledger;
    this.intake = intake;
    this.rejected = rejected;
  }

  /**
   * Takes the files of each directory and rotation, once Zeek has reported no other of them for a
   * while.
   *
   * @param quiet how long that is
   * @throws IOException if files are not recorded; they still wait then
   */
  void takeQuiet(Duration quiet) throws IOException {
    for (var directory : ledger.rotated(quiet.toMillis()).entrySet()) {
      for (var names : directory.getValue().values()) {
        take(directory.getKey(), names);
      }
    }
  }

  /**
   * Takes some files of one directory and rotation as a batch.
   *
   * @param names the files in the directory
   * @throws IOException if they are not recorded; they still wait then
   */
  public void take(Path directory, List<String> names) throws IOException {
    var logs = new ArrayList<FileStamp>();
    var settled = new ArrayList<String>();
    for (var name : names) {
      var file = directory.resolve(name);
      try {
        if (probe.look(file).isPresent()) {
          logs.add(FileStamp.of(file));
        }
        settled.add(name);
      } catch (NoSuchFileException e) {
        if (Files.isReadable(directory)) {
          settled.add(name);
        }
        rejected.accept(file, "Zeek has reported this file as rotated, but it does not exist.");
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        // Another host may be able to, or this one later.
        rejected.accept(
            file, "Zeek has reported this file as rotated, but it cannot be read: " + e);
      }
    }
    if (!logs.isEmpty()) {
      intake.accept(directory, logs);
    }
    ledger.rotatedAccepted(directory, settled);
  }
}
