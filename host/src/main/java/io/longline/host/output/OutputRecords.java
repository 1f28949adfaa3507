package io.longline.host.output;

import java.io.IOException;
import java.util.List;

/**
 * The ledger's records of one output folder: how long each of its files is, and what was committed
 * since the last checkpoint, which may not be in the files yet. Thread-safe. A commit is not
 * recorded here, but together with the calls whose output it is.
 */
public interface OutputRecords {

  /**
   * Takes the records over for a host.
   *
   * @param path the folder
   * @param host the id of this start of the host
   * @return how many commits there were
   * @throws IOException if the ledger cannot be written
   */
  long register(String path, String host) throws IOException;

  /**
   * All files that were written to, by name.
   *
   * @throws IOException if the ledger cannot be read
   */
  List<FileState> files() throws IOException;

  /**
   * Everything that was committed since the last checkpoint, in that order.
   *
   * @throws IOException if the ledger cannot be read
   */
  List<Append> appends() throws IOException;

  /**
   * Forgets the appends: all of them are in the files, on the disk, and the journal is not needed.
   *
   * @throws IOException if the ledger cannot be written
   */
  void checkpoint() throws IOException;
}
