package io.longline.api.internal;

import io.longline.api.PermanentFailureException;
import io.longline.zeek.LogRecord;
import io.longline.zeek.ZeekFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a sink was given, as far as they show whether the sink reads its columns as what
 * they are: if every row is bad for it, the fault is the hook's and not the log's. Confined to the
 * thread that hands out the rows.
 */
public final class SinkRows {

  /** Fewer rows than this may all be bad by chance. */
  public static final int LEAST = 10;

  private long bad;
  private boolean hasGood;
  private @Nullable ZeekFormatException first;
  private String firstType = "";

  /** Counts a row that the sink took. */
  public void good() {
    hasGood = true;
  }

  /** Counts a row with a cell that could not be read as the sink asked. */
  public void bad(ZeekFormatException problem, LogRecord record) {
    bad++;
    if (first == null) {
      first = problem;
      int index = problem.column() == null ? -1 : record.schema().indexOf(problem.column());
      firstType = index < 0 ? "" : record.schema().fields().get(index).type().text();
    }
  }

  /** Whether the sink took any row. */
  public boolean hasGood() {
    return hasGood;
  }

  /** The failure of a call whose every row was bad; null if there is none. */
  public @Nullable PermanentFailureException failure(String hook) {
    var problem = first;
    if (hasGood || bad < LEAST || problem == null) {
      return null;
    }
    var type =
        problem.column() == null || firstType.isEmpty()
            ? ""
            : " The log has the column %s with the type %s: read it as that."
                .formatted(problem.column(), firstType);
    return new PermanentFailureException(
        "Every row that %s was given, %d in all, was bad for it: it reads a column as something that it is not.%s The first: %s"
            .formatted(hook, bad, type, problem.getMessage()),
        problem);
  }
}
