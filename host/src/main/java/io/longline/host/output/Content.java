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

  /** What tells this content from other in the ledger: the header without the time in it. */
  default String description() {
    var header = new String(header(Instant.EPOCH, ZoneOffset.UTC), ISO_8859_1);
    return header.isEmpty() ? getClass().getSimpleName() : header;
  }

  /** What stands at the end of a file. */
  byte[] footer(Instant close, ZoneId zone);

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
