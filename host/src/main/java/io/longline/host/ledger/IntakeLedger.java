package io.longline.host.ledger;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What is known of files that are in no batch yet: which of them Zeek has ended, and why
 * directories are not taken. Thread-safe.
 */
public interface IntakeLedger {

  /** Records that Zeek has ended a file; the files of a directory and span become one batch. */
  void recordRotated(Path file, String span) throws LedgerException;

  /**
   * The files that Zeek has ended, of each directory and span that has been quiet for so long.
   *
   * @param quietMillis how long no file of it was recorded
   * @return the names of the files, by span, by directory
   */
  Map<Path, Map<String, List<String>>> rotated(long quietMillis) throws LedgerException;

  /** Forgets that Zeek has ended these files, which are in a batch now. */
  void rotatedAccepted(Path directory, List<String> names) throws LedgerException;

  /**
   * Says which directories are not taken yet, and why.
   *
   * @param settled those of which nothing is to be said any more
   * @param reasons those with a reason that is new
   */
  void sayWaiting(Collection<Path> settled, Map<Path, String> reasons) throws LedgerException;

  /** The directories at or below some folders of which it is said why they are not taken. */
  Map<Path, String> waiting(Collection<Path> folders) throws LedgerException;
}
