package io.longline.plugins.http;

import io.longline.api.HookContext;
import io.longline.api.Interest;
import io.longline.api.LogDirectory;
import io.longline.api.RecordHook;
import io.longline.api.RecordSink;
import io.longline.api.RowOutput;
import io.longline.zeek.LogRecord;
import io.longline.zeek.LogSchema;
import io.longline.zeek.TsvFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * Writes one row for each row of {@code http.log} into the daily log {@code http}: the client, the
 * server and the URL, with free texts in base64. Stateless; may be called by any number of threads.
 *
 * <p>The columns are those of BroAPT's hook {@code http_parser.py}.
 */
@Extension
public final class HttpConnections implements RecordHook {

  private static final LogSchema SCHEMA =
      LogSchema.builder("http")
          .field("scrip", "addr")
          .field("ad", "string")
          .field("ts", "time")
          .field("url", "string")
          .field("ref", "string")
          .field("ua", "string")
          .field("dstip", "addr")
          .field("cookie", "string")
          .field("src_port", "port")
          .field("json", "vector[string]")
          .field("method", "string")
          .field("body", "string")
          .format(TsvFormat.ZEEK.withUnsetField("NoDef"))
          .build();

  private static final String[] FIELDS = {
    "id.orig_h",
    "ts",
    "host",
    "uri",
    "referrer",
    "user_agent",
    "id.resp_h",
    "id.resp_p",
    "cookies",
    "id.orig_p",
    "client_header_names",
    "server_header_names",
    "method",
    "post_body"
  };

  private static final int ORIG_H = 0;
  private static final int TS = 1;
  private static final int HOST = 2;
  private static final int URI = 3;
  private static final int REFERRER = 4;
  private static final int USER_AGENT = 5;
  private static final int RESP_H = 6;
  private static final int RESP_P = 7;
  private static final int COOKIES = 8;
  private static final int ORIG_P = 9;
  private static final int CLIENT_HEADERS = 10;
  private static final int SERVER_HEADERS = 11;
  private static final int METHOD = 12;
  private static final int POST_BODY = 13;

  @Override
  public int maxConcurrency() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Interest interest() {
    return Interest.in("http").fields(FIELDS);
  }

  @Override
  public RecordSink open(LogDirectory logs, HookContext context) {
    return new Sink(context);
  }

  /** Writes the rows of one batch; opens the output only if there is a log. */
  private static final class Sink implements RecordSink {

    private final HookContext context;
    private @Nullable RowOutput output;

    Sink(HookContext context) {
      this.context = context;
    }

    @Override
    public void begin(String path) throws IOException {
      output = context.output("http").daily().rows(SCHEMA);
    }

    @Override
    public void accept(LogRecord record) throws IOException {
      write(record, Objects.requireNonNull(output));
    }
  }

  private static void write(LogRecord record, RowOutput output) throws IOException {
    output
        .row()
        .string(record.string(ORIG_H))
        .unset()
        .string(millis(record))
        .string(
            RequestUrl.of(
                record.string(HOST), record.string(RESP_H), port(record), record.string(URI)))
        .string(base64(record, REFERRER))
        .string(base64(record, USER_AGENT))
        .string(record.string(RESP_H))
        .string(base64(record, COOKIES))
        .string(record.string(ORIG_P))
        .strings(headerNames(record))
        .string(record.string(METHOD))
        .string(base64(record, POST_BODY))
        .end();
  }

  /**
   * Milliseconds since 1970, rounded down, which the column {@code ts} holds in place of a time.
   */
  private static @Nullable String millis(LogRecord record) {
    return record.isUnset(TS) ? null : Long.toString(Math.floorDiv(record.timeMicros(TS), 1_000L));
  }

  private static int port(LogRecord record) {
    return (int) record.integer(RESP_P, RequestUrl.HTTP_PORT);
  }

  private static @Nullable String base64(LogRecord record, int column) {
    var bytes = record.bytes(column);
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }

  private static List<String> headerNames(LogRecord record) {
    var names = new ArrayList<String>();
    for (int column : new int[] {CLIENT_HEADERS, SERVER_HEADERS}) {
      var found = record.strings(column);
      if (found == null) {
        continue;
      }
      for (var name : found) {
        if (name != null && !name.isEmpty()) {
          names.add(name);
        }
      }
    }
    return names;
  }
}
