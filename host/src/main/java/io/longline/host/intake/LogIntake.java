package io.longline.host.intake;

import io.longline.host.ledger.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Takes the complete logs of a directory. Confined to the thread that found them. */
@FunctionalInterface
public interface LogIntake {

  /**
   * Takes some logs of a directory.
   *
   * @param directory absolute, without symbolic links
   * @param logs not empty
   * @throws IOException if they are not recorded; they are offered again then
   */
  void accept(Path directory, List<FileStamp> logs) throws IOException;
}
