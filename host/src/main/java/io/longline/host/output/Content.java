package io.longline.host.output;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.longline.zeek.LogSchema;
import io.longline.zeek.LogWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** What an output holds: rows of one schema, or lines. Immutable. */
sealed interface Content {

  /** What stands at the top of a file. */
  byte[] header(Instant open, ZoneId zone);

  /**
   * What the last line of a file starts with that was ended; empty if files are not ended by a
   * line.
   */
  String footerStart();

  /** What stands at the end of a file. */
  byte[] footer(Instant close, ZoneId zone);

  /** Typed rows. */
  record Rows(LogSchema schema) implements Content {

    /** The time and the line feed behind it. */
    private static final int FOOTER_TIME_LENGTH = "YYYY-MM-DD-HH-MM-SS\n".length();

    @Override
    public byte[] header(Instant open, ZoneId zone) {
      return LogWriter.header(schema, open, zone).getBytes(ISO_8859_1);
    }

    @Override
    public String footerStart() {
      var footer = LogWriter.footer(schema, Instant.EPOCH, ZoneOffset.UTC);
      return footer.substring(0, Math.max(0, footer.length() - FOOTER_TIME_LENGTH));
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
    public String footerStart() {
      return "";
    }

    @Override
    public byte[] footer(Instant close, ZoneId zone) {
      return new byte[0];
    }
  }
}
