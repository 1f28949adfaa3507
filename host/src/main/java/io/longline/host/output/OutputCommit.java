package io.longline.host.output;

import java.util.LinkedHashMap;
import java.util.List;

/**
 * The output of a group of calls, as one commit to an output folder. Its bytes are in the journal,
 * on the disk; it counts when the ledger has recorded it, and readers see it when {@link
 * OutputFiles#commit} has written it to its files. Immutable, except for the files that it refers
 * to.
 */
public final class OutputCommit {

  private final String folder;
  private final long number;
  private final List<Append> appends;
  private final List<Placement> placements;
  private final long journalEnd;

  /**
   * Creates a commit that is in the journal.
   *
   * @param appends the place in the journal of each placement's bytes
   * @param journalEnd where the journal ends with it
   */
  OutputCommit(
      String folder,
      long number,
      List<Append> appends,
      List<Placement> placements,
      long journalEnd) {
    this.folder = folder;
    this.number = number;
    this.appends = List.copyOf(appends);
    this.placements = List.copyOf(placements);
    this.journalEnd = journalEnd;
  }

  /** The id of the output folder. */
  public String folder() {
    return folder;
  }

  /** The number of the commit to the folder, starting at 1. */
  public long number() {
    return number;
  }

  /** The bytes of the journal, each with its file and its place there. */
  public List<Append> appends() {
    return appends;
  }

  /** The files that are written to, in their state afterwards. */
  public List<FileState> files() {
    var states = new LinkedHashMap<String, FileState>();
    placements.forEach(each -> states.put(each.file().name(), each.after()));
    return List.copyOf(states.values());
  }

  List<Placement> placements() {
    return placements;
  }

  long journalEnd() {
    return journalEnd;
  }
}
