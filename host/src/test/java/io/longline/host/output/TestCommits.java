package io.longline.host.output;

import java.util.List;

/** Makes commits for tests that have no outputs. */
public final class TestCommits {

  private TestCommits() {}

  /** A commit of one append to a file. */
  public static OutputCommit of(String folder, long number) {
    var append = new Append(number, "rows.log", 0, 1, 0, 1);
    return new OutputCommit(folder, number, List.of(append), List.of(), 1);
  }
}
