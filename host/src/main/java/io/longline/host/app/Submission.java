package io.longline.host.app;

import io.longline.host.event.HostEvent.PathRejected;
import java.util.List;

/**
 * What became of a path that was submitted. Immutable.
 *
 * @param directories the number of log directories that were found and are in the ledger, whether
 *     they are new to it or not
 * @param rejected what cannot be used, with the reasons: the path itself, or files and folders
 *     below it; empty if everything can be used
 */
public record Submission(int directories, List<PathRejected> rejected) {

  /** Makes a copy of the list. */
  public Submission {
    rejected = List.copyOf(rejected);
  }

  /** Whether everything can be used; a path that holds no log cannot. */
  public boolean isComplete() {
    return rejected.isEmpty();
  }
}
