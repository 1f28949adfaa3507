package io.longline.host.ledger;

/**
 * A log as the ledger has it. Immutable.
 *
 * @param file its name, and how the file was
 * @param content what is known of its content
 */
public record RecordedLog(FileStamp file, LogContent content) {

  /** Its name within its directory. */
  public String name() {
    return file.name();
  }
}
