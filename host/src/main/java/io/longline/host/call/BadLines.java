package io.longline.host.call;

import io.longline.api.internal.SinkRows;
import io.longline.zeek.HostAccess;
import io.longline.zeek.LogReader;
import io.longline.zeek.ReadReport;
import io.longline.zeek.ZeekFormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one reader that a hook could not read, counted as bad lines of the log: each once,
 * whichever hook finds it bad. The rows of a hook that has found no good one so far are held back,
 * since the fault may be the hook's. Confined to the thread of the reader.
 */
final class BadLines {

  /** The number of rows that are held back with their problem. */
  private static final int MAX_HELD = 1_000;

  /** The number of lines that are remembered. */
  private static final int MAX_COUNTED = 100_000;

  private final LogReader reader;

  /** The rows of the current block that count as bad lines. */
  private final boolean[] isCounted;

  /** The lines that were counted, so that none counts twice. */
  private final Set<Long> counted = new HashSet<>();

  private final IdentityHashMap<SinkRows, Held> held = new IdentityHashMap<>();

  /** The rows that are held back for a hook. */
  private static final class Held {
    private final List<ZeekFormatException> first = new ArrayList<>();
    private long all;
  }

  BadLines(LogReader reader, int blockRows) {
    this.reader = reader;
    this.isCounted = new boolean[blockRows];
  }

  /** Whether the reader has handed out any row. */
  boolean hasRows() {
    return reader.report().rows() > 0;
  }

  /** Begins the next block of rows. */
  void beginBlock() {
    Arrays.fill(isCounted, false);
  }

  /**
   * Takes a row that was bad for a hook.
   *
   * @param rows those of the hook
   * @param index the number of the row in the block
   */
  void take(SinkRows rows, int index, ZeekFormatException problem) {
    if (!rows.hasGood()) {
      var mine = held.computeIfAbsent(rows, unused -> new Held());
      mine.all++;
      if (mine.first.size() < MAX_HELD) {
        mine.first.add(problem);
      }
    } else if (!isCounted[index]) {
      isCounted[index] = true;
      count(problem);
    }
  }

  private void count(ZeekFormatException problem) {
    boolean isRemembered = counted.contains(problem.line());
    if (!isRemembered && counted.size() < MAX_COUNTED) {
      counted.add(problem.line());
    }
    if (!isRemembered) {
      HostAccess.countBad(reader, problem);
    }
  }

  /** Counts the rows that were held back for a hook, which has found a good row. */
  void release(SinkRows rows) {
    var mine = held.isEmpty() ? null : held.remove(rows);
    if (mine == null) {
      return;
    }
    mine.first.forEach(this::count);
    for (long more = mine.all - mine.first.size(); more > 0; more--) {
      HostAccess.countBad(reader, mine.first.get(0));
    }
  }

  /**
   * Ends the reading for a hook. Few rows count as bad lines, whoever is at fault.
   *
   * @param few more rows than this are still held back
   * @return a report on the rows that are held back; null if there are none
   */
  @Nullable ReadReport end(SinkRows rows, int few) {
    var mine = held.get(rows);
    if (mine == null || mine.all <= few) {
      release(rows);
      return null;
    }
    var problems =
        mine.first.stream()
            .limit(ReadReport.MAX_PROBLEMS)
            .map(each -> new ReadReport.Problem(each.line(), each.column(), each.reason()))
            .toList();
    var file = mine.first.get(0).file();
    return new ReadReport(
        file, mine.all, mine.all, 0, 0, problems, null, true, mine.all, List.of());
  }
}
