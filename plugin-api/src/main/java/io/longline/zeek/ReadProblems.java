package io.longline.zeek;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the problems that are found while a file is read. Confined to the reader's thread. */
final class ReadProblems {

  private final String file;
  private final boolean strict;
  private final List<ReadReport.Problem> first = new ArrayList<>();
  private long badLines;
  private long longRows;
  private long blankLines;
  private long rejectedRows;

  ReadProblems(String file, boolean strict) {
    this.file = file;
    this.strict = strict;
  }

  void blankLine() {
    blankLines++;
  }

  void badLine(long line, String reason) {
    if (isBehindTheFirst(line)) {
      badLines++;
      return;
    }
    bad(new ZeekFormatException(file, line, null, reason));
  }

  void longRow(long line, String reason) {
    longRows++;
    if (isBehindTheFirst(line)) {
      return;
    }
    keep(new ZeekFormatException(file, line, null, reason));
  }

  /** Whether a problem at this line is only counted; making an exception takes a microsecond. */
  private boolean isBehindTheFirst(long line) {
    return !strict
        && first.size() == ReadReport.MAX_PROBLEMS
        && line >= first.get(ReadReport.MAX_PROBLEMS - 1).line();
  }

  /** Counts a bad line, whether the whole line is bad or one of its cells. */
  void bad(ZeekFormatException problem) {
    badLines++;
    keep(problem);
  }

  /** Counts a row that was handed out as a bad line. */
  void rejected(ZeekFormatException problem) {
    rejectedRows++;
    bad(problem);
  }

  private void keep(ZeekFormatException problem) {
    if (strict) {
      throw problem;
    }
    int at = first.size();
    while (at > 0 && first.get(at - 1).line() > problem.line()) {
      at--;
    }
    if (at < ReadReport.MAX_PROBLEMS) {
      first.add(at, new ReadReport.Problem(problem.line(), problem.column(), problem.reason()));
    }
    if (first.size() > ReadReport.MAX_PROBLEMS) {
      first.remove(ReadReport.MAX_PROBLEMS);
    }
  }

  ReadReport report(
      long rows,
      @Nullable String damage,
      boolean closed,
      List<ReadReport.MissingField> missingFields) {
    return new ReadReport(
        file,
        rows,
        badLines,
        longRows,
        blankLines,
        first,
        damage,
        closed,
        rejectedRows,
        missingFields);
  }
}
