package io.longline.host.ledger;

import io.longline.host.output.OutputCommit;
import java.util.List;

/**
 * What one transaction recorded. Immutable.
 *
 * @param calls for each outcome what became of it, in that order
 * @param outputs what the calls wrote that count
 */
public record Recording(List<RecordedCall> calls, OutputCommit outputs) {

  /** Makes a copy. */
  public Recording {
    calls = List.copyOf(calls);
  }
}
