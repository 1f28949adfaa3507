package io.longline.zeek;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The report of a reader on the part of a file that it has read so far. Immutable. Readers make it;
 * later versions may have more components.
 *
 * @param file the file's name as it was given to the reader
 * @param rows the rows that were handed out (a row whose cell could not be read counts here and as
 *     a bad line)
 * @param badLines the lines that are not rows, and the rows with a cell that could not be read
 * @param longRows the rows with more columns than the header names; they are handed out without the
 *     surplus, as Zeek's own reader does
 * @param blankLines the lines with nothing in them
 * @param problems the first {@value #MAX_PROBLEMS} problems, in the order of the file
 * @param damage what is wrong with the file as a whole, such as a compressed stream that is cut
 *     off; null if nothing is
 * @param closed whether the last line is a {@code #close}
 * @param rejectedRows the rows that were handed out and counted as bad lines then, since a cell
 *     could not be read as the reader's user asked
 * @param missingFields the required fields that were asked for and that the log does not have: none
 *     of its headers names them, or no row of a JSON log has the key
 * @since 0.1.0
 */
public record ReadReport(
    String file,
    long rows,
    long badLines,
    long longRows,
    long blankLines,
    List<Problem> problems,
    @Nullable String damage,
    boolean closed,
    long rejectedRows,
    List<MissingField> missingFields) {

  /** How many problems are kept with their place. */
  public static final int MAX_PROBLEMS = 50;

  /** Checks the parts. */
  public ReadReport {
    Objects.requireNonNull(file, "file");
    problems = List.copyOf(problems);
    missingFields = List.copyOf(missingFields);
  }

  /** Whether anything at all is wrong with the file. */
  public boolean isDamaged() {
    return badLines > 0 || longRows > 0 || damage != null;
  }

  /** One sentence about what is wrong, with the first place; empty if nothing is. */
  public String summary() {
    if (!isDamaged()) {
      return "";
    }
    var text = new StringBuilder();
    if (badLines > 0) {
      text.append(badLines).append(badLines == 1 ? " bad line" : " bad lines");
    }
    if (longRows > 0) {
      text.append(text.isEmpty() ? "" : ", ").append(longRows);
      text.append(longRows == 1 ? " row with surplus columns" : " rows with surplus columns");
    }
    if (damage != null) {
      text.append(text.isEmpty() ? "" : ", ").append(damage);
    }
    if (!problems.isEmpty()) {
      var first = problems.get(0);
      text.append("; first: line ").append(first.line());
      if (first.column() != null) {
        text.append(", column ").append(first.column());
      }
      text.append(": ").append(first.reason());
    }
    return text.toString();
  }

  /**
   * A problem at one place of a file.
   *
   * @param line the line, from 1
   * @param column the column's name, or null if the whole line is meant
   * @param reason what is wrong
   */
  public record Problem(long line, @Nullable String column, String reason) {}

  /**
   * A required field that a log does not have.
   *
   * @param name the name that was asked for, or several: {@code uid or conn_uids}
   * @param nearest the name of the field of the log that may have been meant; null if none is near
   */
  public record MissingField(String name, @Nullable String nearest) {}
}
