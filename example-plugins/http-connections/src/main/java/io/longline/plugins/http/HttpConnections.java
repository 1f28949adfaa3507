package io.longline.plugins.http;

import io.longline.api.HookContext;
import io.longline.api.Interest;
import io.longline.api.LogDirectory;
import io.longline.api.Output;
import io.longline.api.RecordHook;
import io.longline.api.RecordSink;
import io.longline.api.RowOutput;
import io.longline.zeek.IntegerField;
import io.longline.zeek.LogFields;
import io.longline.zeek.LogRecord;
import io.longline.zeek.LogSchema;
import io.longline.zeek.RowWriter;
import io.longline.zeek.StringField;
import io.longline.zeek.StringsField;
import io.longline.zeek.TimeField;
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
 * server and the URL, with free texts in base64. The day is that of processing, or that of the
 * record. Stateless; may be called by any number of threads.
 *
 * <p>The columns are those of BroAPT's hook {@code http_parser.py}; a setting adds those that a
 * person reads.
 */
@Extension
public final class HttpConnections implements RecordHook {

  /** The columns of BroAPT, of which {@code ts} has milliseconds, and so is no time for Zeek. */
  static final LogSchema SCHEMA = columns().build();

  /** The same, and then those that a person reads. */
  static final LogSchema READABLE =
      columns()
          .field("uid", "string")
          .field("status", "count")
          .field("host", "string")
          .field("user_agent", "string")
          .build();

  private static final LogFields HTTP = LogFields.of("http");
  private static final StringField ORIG_H = HTTP.string("id.orig_h");
  private static final TimeField TS = HTTP.time("ts");
  private static final StringField RESP_H = HTTP.string("id.resp_h");
  private static final IntegerField RESP_P = HTTP.integer("id.resp_p");
  private static final StringField ORIG_P = HTTP.string("id.orig_p");
  private static final StringField HOST = HTTP.optional().string("host");
  private static final StringField URI = HTTP.optional().string("uri");
  private static final StringField REFERRER = HTTP.optional().string("referrer");
  private static final StringField USER_AGENT = HTTP.optional().string("user_agent");
  private static final StringField COOKIES = HTTP.optional().string("cookies");
  private static final StringsField CLIENT_HEADERS = HTTP.optional().strings("client_header_names");
  private static final StringsField SERVER_HEADERS = HTTP.optional().strings("server_header_names");
  private static final StringField UID = HTTP.optional().string("uid");
  private static final IntegerField STATUS = HTTP.optional().integer("status_code");
  private static final StringField METHOD = HTTP.optional().string("method");
  private static final StringField POST_BODY = HTTP.optional().string("post_body");

  private static LogSchema.Builder columns() {
    return LogSchema.builder("http")
        .field("scrip", "addr")
        .field("ad", "string")
        .field("ts", "int")
        .field("url", "string")
        .field("ref", "string")
        .field("ua", "string")
        .field("dstip", "addr")
        .field("cookie", "string")
        .field("src_port", "port")
        .field("json", "vector[string]")
        .field("method", "string")
        .field("body", "string")
        .format(TsvFormat.ZEEK.withUnsetField("NoDef"));
  }

  @Override
  public Class<? extends Record> settings() {
    return HttpConnectionsSettings.class;
  }

  @Override
  public int maxConcurrency() {
    return UNLIMITED;
  }

  @Override
  public Interest interest() {
    return Interest.in(HTTP).ifPresent();
  }

  @Override
  public RecordSink open(LogDirectory logs, HookContext context) {
    return new Sink(context);
  }

  /** Writes the rows of one batch; opens the output only if there is a log. */
  private static final class Sink implements RecordSink {

    private final Output http;
    private final boolean isReadable;
    private final LogSchema schema;

    /** Null if the day of processing names the file. */
    private final @Nullable RecordDays days;

    private @Nullable RowOutput output;

    Sink(HookContext context) {
      var settings = context.settings(HttpConnectionsSettings.class);
      this.http = context.output("http");
      this.isReadable = settings.readable();
      this.schema = isReadable ? READABLE : SCHEMA;
      this.days =
          settings.day() == OutputDay.RECORD
              ? new RecordDays(http, schema, context.clock().getZone())
              : null;
    }

    @Override
    public void begin(String path) throws IOException {
      if (days == null) {
        output = http.daily().rows(schema);
      }
    }

    @Override
    public void accept(LogRecord record) throws Exception {
      var row = (days == null ? Objects.requireNonNull(output) : output(days, record)).row();
      write(record, row);
      if (isReadable) {
        writeReadable(record, row);
      }
      row.end();
    }
  }

  private static RowOutput output(RecordDays days, LogRecord record) throws Exception {
    return TS.isUnset(record) ? days.withoutDay() : days.at(TS.micros(record));
  }

  private static void write(LogRecord record, RowWriter row) throws IOException {
    row.text(ORIG_H.get(record))
        .unset()
        .text(millis(record))
        .string(RequestUrl.of(HOST.get(record), RESP_H.get(record), port(record), URI.get(record)))
        .string(base64(REFERRER, record))
        .string(base64(USER_AGENT, record))
        .text(RESP_H.get(record))
        .string(base64(COOKIES, record))
        .text(ORIG_P.get(record))
        .strings(headerNames(record))
        .string(METHOD.get(record))
        .string(base64(POST_BODY, record));
  }

  private static void writeReadable(LogRecord record, RowWriter row) throws IOException {
    row.string(UID.get(record));
    if (STATUS.isUnset(record)) {
      row.unset();
    } else {
      row.count(STATUS.get(record, 0));
    }
    row.bytes(HOST.bytes(record)).bytes(USER_AGENT.bytes(record));
  }

  /**
   * Milliseconds since 1970, rounded down, which the column {@code ts} holds in place of a time.
   */
  private static @Nullable String millis(LogRecord record) {
    return TS.isUnset(record) ? null : Long.toString(Math.floorDiv(TS.micros(record), 1_000L));
  }

  private static int port(LogRecord record) {
    return (int) RESP_P.get(record, RequestUrl.HTTP_PORT);
  }

  private static @Nullable String base64(StringField field, LogRecord record) {
    var bytes = field.bytes(record);
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }

  private static List<String> headerNames(LogRecord record) {
    var names = new ArrayList<String>();
    for (var field : List.of(CLIENT_HEADERS, SERVER_HEADERS)) {
      var found = field.get(record);
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
