package io.longline.plugins.files;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of {@code files.log} that wait until their connections are known, up to a bound of memory.
 * Confined to one thread.
 */
final class WaitingFiles {

  private static final long MAX_BYTES = 128L * 1024 * 1024;

  /** About what a row takes without its texts. */
  private static final int ROW_BYTES = 300;

  /** About what an element of a list takes without its text. */
  private static final int ELEMENT_BYTES = 80;

  /** About what is kept of a connection. */
  private static final int CONNECTION_BYTES = 300;

  private final List<FileRow> rows = new ArrayList<>();
  private long bytes;

  /** Adds a row; false if there is no room for it. */
  boolean add(FileRow row) {
    long size = size(row);
    if (size > MAX_BYTES - bytes) {
      return false;
    }
    bytes += size;
    rows.add(row);
    return true;
  }

  List<FileRow> rows() {
    return rows;
  }

  private static long size(FileRow row) {
    return ROW_BYTES
        + size(row.extracted())
        + size(row.sourceName())
        + size(row.mimeType())
        + size(row.md5())
        + size(row.sha1())
        + size(row.sha256())
        + size(row.senders())
        + size(row.receivers())
        + size(row.connUids())
        + (long) CONNECTION_BYTES * row.connUids().size();
  }

  private static long size(Collection<String> texts) {
    long size = 0;
    for (var text : texts) {
      size += ELEMENT_BYTES + size(text);
    }
    return size;
  }

  private static long size(@Nullable String text) {
    return text == null ? 0 : 2L * text.length();
  }
}
