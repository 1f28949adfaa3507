package io.longline.host.output;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.longline.zeek.LogSchema;
import io.longline.zeek.LogWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The kind of content that an output has: rows of one schema, or lines. Immutable. */
sealed interface Content {

  /** The bytes that a file of this content starts with. */
  byte[] header(Instant open, ZoneId zone);

  /**
   * The text by which the ledger distinguishes this content from others: the header without the
   * time in it, or the name of the kind if there is no header.
   */
  default String description() {
    var header = new String(header(Instant.EPOCH, ZoneOffset.UTC), ISO_8859_1);
    return header.isEmpty() ? getClass().getSimpleName() : header;
  }

  /** The bytes that a file of this content ends with. */
  byte[] footer(Instant close, ZoneId zone);

  /**
   * Whether a file ends with a line {@code #close}, as it does if its header names the fields.
   *
   * @param description the ledger's description of the file's content
   */
  static boolean hasFooter(String description) {
    return description.contains("fields");
  }

  /** Typed rows. */
  record Rows(LogSchema schema) implements Content {

    @Override
    public byte[] header(Instant open, ZoneId zone) {
      return LogWriter.header(schema, open, zone).getBytes(ISO_8859_1);
    }

    @Override
    public byte[] footer(Instant close, ZoneId zone) {
      return LogWriter.footer(schema, close, zone).getBytes(ISO_8859_1);
    }
  }

  /** Lines of text. */
  record Lines() implements Content {
    @Override
    public byte[] header(Instant open, ZoneId zone) {
      return new byte[0];
    }

    @Override
    public byte[] footer(Instant close, ZoneId zone) {
      return new byte[0];
    }
  }
}
