package io.longline.host.ledger;

import java.util.List;

/**
 * A log that was found in a directory, and how it compares with those that the ledger has of the
 * same directory. Immutable.
 *
 * @param log the log
 * @param likeness how it compares
 * @param other the name of the log that it is like; empty if it is like none
 */
public record FoundLog(RecordedLog log, Likeness likeness, String other) {

  /** How a log compares with those that the ledger has. */
  public enum Likeness {
    /** It is like none of them. */
    NEW,
    /** It is like none of them, and its file had one of them before and was emptied. */
    EMPTIED,
    /** It has the content of one of them: it was renamed, moved, copied or compressed. */
    SAME,
    /** It begins with all of one of them, and has more. */
    LONGER,
    /** It begins like one of them; whether it is the same cannot be decided. */
    UNCERTAIN
  }

  /** A log that has not been compared. */
  public static FoundLog of(FileStamp file) {
    return new FoundLog(new RecordedLog(file, LogContent.UNKNOWN), Likeness.NEW, "");
  }

  /** Logs that have not been compared. */
  public static List<FoundLog> of(List<FileStamp> files) {
    return files.stream().map(FoundLog::of).toList();
  }

  /** Its name within its directory. */
  public String name() {
    return log.name();
  }

  /** What became of the log, as a sentence for people. */
  public String sentence() {
    return switch (likeness) {
      case NEW -> "It has other content than before under this name, so it is a new log.";
      case EMPTIED ->
          "The file was emptied after its log was taken, and has a new log now. Rows that were written just before may be missing; have logs renamed, not copied and emptied (copytruncate).";
      case SAME -> "It is the same log as %s, and is not processed again.".formatted(other);
      case LONGER ->
          "It begins with all rows of %s, which are processed again with those that are new."
              .formatted(other);
      case UNCERTAIN ->
          "It may be the same log as %s, which cannot be decided; it is processed, so rows may be there twice."
              .formatted(other);
    };
  }

  /** Whether a person should look: rows may come twice, or may be missing. */
  public boolean isDoubtful() {
    return switch (likeness) {
      case NEW, SAME -> false;
      case EMPTIED, LONGER, UNCERTAIN -> true;
    };
  }
}
