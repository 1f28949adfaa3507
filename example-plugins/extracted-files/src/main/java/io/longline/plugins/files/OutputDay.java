package io.longline.plugins.files;

/** The day by which the file of the output is named. */
public enum OutputDay {
  /** The day on which a directory is processed. */
  PROCESSING,
  /** The day of each extracted file's own time. */
  RECORD
}
