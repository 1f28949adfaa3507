package io.longline.host.output;

import java.io.IOException;
import java.util.List;

/**
 * The ledger's records of one output folder: the length of each of its files, and the commits since
 * the last checkpoint, which may not be in the files yet. Thread-safe. A commit is not recorded
 * here, but together with the calls whose output it is.
 */
public interface OutputRecords {

  /**
   * Takes the records over for a host.
   *
   * @param path the folder
   * @param host the id of this start of the host
   * @return the number of commits so far
   * @throws IOException if the ledger cannot be written
   */
  long register(String path, String host) throws IOException;

  /**
   * The files that were written to, by name.
   *
   * @throws IOException if the ledger cannot be read
   */
  List<FileState> files() throws IOException;

  /**
   * The appends that were committed since the last checkpoint, in order of commit.
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
