package io.longline.plugins.http;

/** The day by which the file of the output is named. */
public enum OutputDay {
  /** The day on which a directory is processed. */
  PROCESSING,
  /** The day of each record's own time. */
  RECORD
}
