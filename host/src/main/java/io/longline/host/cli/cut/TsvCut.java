package io.longline.host.cli.cut;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.longline.host.cli.cut.Oddities.Kind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Prints columns of TSV logs as zeek-cut does: cells, and header lines, as they stand in the log.
 * Confined to one thread.
 *
 * <p>The hot loop looks at eight bytes at a time and takes any byte below 0x20 for a possible
 * delimiter; Zeek escapes control bytes, so nearly every hit is a TAB or the line feed. Cells after
 * the last one that is printed are not told apart.
 */
final class TsvCut {

  private static final long SPACES = 0x2020202020202020L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final CutOptions options;
  private final CutBuffer out;
  private final @Nullable TimeCells times;

  /** How many header blocks there were, in all logs. */
  private int blocks;

  TsvCut(CutOptions options, CutBuffer out) {
    this.options = options;
    this.out = out;
    this.times = options.times() == null ? null : new TimeCells(options.times());
  }

  /**
   * Prints a log, to the end or to a header that cannot be used.
   *
   * @throws IOException if it cannot be read
   */
  void print(LineWindow lines, Oddities oddities) throws IOException, BadHeaderException {
    new Log(lines, oddities).print();
  }

  /** One log, and what its header says. */
  private final class Log {

    private final LineWindow lines;
    private final Oddities oddities;
    private final TsvHeaderLines header = new TsvHeaderLines(options);
    private byte[] separator = header.separator();
    private byte[] between = header.between();
    private TsvColumns columns = header.columns();

    /** Where each cell ends that is looked at; the last place is for all others. */
    private int[] ends = new int[1];

    private boolean isInHeader;
    private long line;

    Log(LineWindow lines, Oddities oddities) {
      this.lines = lines;
      this.oddities = oddities;
    }

    void print() throws IOException, BadHeaderException {
      lines.skipByteOrderMark();
      while (lines.hasLine()) {
        line++;
        int end = wholeLine();
        if (end < 0) {
          oddities.add(Kind.LONG_LINE, line);
          lines.skipLine();
        } else {
          printLine(end);
          lines.passTo(end);
        }
      }
    }

    /** Finds the cells and the end of the current line; -1 if it is too long. */
    private int wholeLine() throws IOException {
      int end = scanLine();
      while (end == lines.limit) {
        if (lines.isFull()) {
          return -1;
        }
        boolean isMore = lines.more();
        // Also at the end of the log: what was read before may have moved.
        end = scanLine();
        if (!isMore) {
          return end;
        }
      }
      return end;
    }

    private int scanLine() {
      return separator.length == 1 && separator[0] < ' ' && separator[0] > 0 ? scan() : scanAny();
    }

    private int scanned;

    /** Scans for a separator below 0x20; returns the end of the line, or the limit. */
    private int scan() {
      final byte[] bytes = lines.bytes;
      final int[] cellEnds = ends;
      final int last = cellEnds.length - 1;
      final byte separatorByte = separator[0];
      int column = 0;
      for (int at = lines.start; ; at += Long.BYTES) {
        long word = LineWindow.word(bytes, at);
        long hits = (word - SPACES) & ~word & HIGH_BITS;
        while (hits != 0) {
          int hit = at + (Long.numberOfTrailingZeros(hits) >>> 3);
          byte b = bytes[hit];
          if (b == separatorByte) {
            cellEnds[Math.min(column++, last)] = hit;
          } else if (b == '\n') {
            cellEnds[Math.min(column++, last)] = hit;
            scanned = column;
            return hit;
          }
          hits &= hits - 1;
        }
      }
    }

    /** Scans for any separator; returns as {@link #scan} does. */
    private int scanAny() {
      final byte[] bytes = lines.bytes;
      final int last = ends.length - 1;
      int column = 0;
      int at = lines.start;
      while (bytes[at] != '\n') {
        if (bytes[at] == separator[0] && isSeparator(at)) {
          ends[Math.min(column++, last)] = at;
          at += separator.length;
        } else {
          at++;
        }
      }
      ends[Math.min(column++, last)] = at;
      scanned = column;
      return at;
    }

    private boolean isSeparator(int at) {
      for (int i = 1; i < separator.length; i++) {
        if (lines.bytes[at + i] != separator[i]) {
          return false;
        }
      }
      return true;
    }

    private void printLine(int end) throws BadHeaderException {
      boolean isHeader = header.isHeaderLine(lines.bytes, lines.start, end);
      header.checkTypesFollow(isHeader, lines.bytes, lines.start, end, line);
      if (isHeader) {
        printHeaderLine(new String(lines.bytes, lines.start, end - lines.start, ISO_8859_1));
        return;
      }
      isInHeader = false;
      if (scanned < columns.range()) {
        oddities.add(Kind.SHORT_ROW, line);
        return;
      }
      if (columns.range() == 0) {
        oddities.add(Kind.HEADERLESS, line);
      }
      printRow();
    }

    private void printRow() {
      final byte[] bytes = lines.bytes;
      final int[] indexes = columns.indexes();
      for (int i = 0; i < indexes.length; i++) {
        if (i > 0) {
          out.append(between, 0, between.length);
        }
        int index = indexes[i];
        if (index >= 0) {
          int from = index == 0 ? lines.start : ends[index - 1] + separator.length;
          if (times != null && columns.isTime(index)) {
            printTime(times, from, ends[index]);
          } else {
            out.append(bytes, from, ends[index]);
          }
        }
      }
      out.appendByte((byte) '\n');
    }

    private void printTime(TimeCells readable, int from, int to) {
      boolean isTime = readable.append(lines.bytes, from, to, out);
      if (!isTime && !header.isUnset(lines.bytes, from, to)) {
        oddities.add(Kind.BAD_TIME, line);
      }
    }

    private void printHeaderLine(String text) throws BadHeaderException {
      if (!isInHeader) {
        isInHeader = true;
        blocks++;
      }
      header.read(text, line);
      separator = header.separator();
      between = header.between();
      columns = header.columns();
      ends = new int[columns.range() + 1];
      if (options.header().shows(blocks)) {
        header.print(text, out);
      }
    }
  }
}
