package io.longline.plugins.indicators;

import io.longline.api.HookContext;
import io.longline.api.Output;
import io.longline.api.RecordSink;
import io.longline.api.RowOutput;
import io.longline.detections.AllowList;
import io.longline.zeek.LogRecord;
import io.longline.zeek.LogSchema;
import io.longline.zeek.RowWriter;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the matches of one batch. Confined to one thread at a time. */
final class IndicatorSink implements RecordSink {

  /** The columns of Zeek's {@code intel.log}, and three of our own. */
  static final LogSchema SCHEMA =
      LogSchema.builder("indicators")
          .field("ts", "time")
          .field("uid", "string")
          .field("id.orig_h", "addr")
          .field("id.orig_p", "port")
          .field("id.resp_h", "addr")
          .field("id.resp_p", "port")
          .field("seen.indicator", "string")
          .field("seen.indicator_type", "enum")
          .field("seen.where", "enum")
          .field("seen.node", "string")
          .field("matched", "set[enum]")
          .field("sources", "set[string]")
          .field("fuid", "string")
          .field("file_mime_type", "string")
          .field("file_desc", "string")
          .field("log", "string")
          .field("allowed_by", "string")
          .build();

  private static final long MAX_PORT = 65_535;

  private final AllowList allowed;
  private final Map<String, LogPlan> plans;
  private final HookContext context;
  private final Output output;
  private final Search search;
  private @Nullable RowOutput rows;
  private long found;
  private long allowedCount;
  private long suppressed;

  IndicatorSink(Feeds.Content content, Map<String, LogPlan> plans, HookContext context) {
    this.allowed = content.allowed();
    this.plans = plans;
    this.context = context;
    this.output = context.output("indicators");
    this.search = new Search(content.index(), this::take);
  }

  @Override
  public void begin(String path) {
    var plan = plans.get(path);
    if (plan == null) {
      throw new IllegalStateException("The log " + path + " was not asked for.");
    }
    search.begin(plan);
  }

  @Override
  public void accept(LogRecord record) throws IOException {
    search.accept(record);
  }

  private void take(LogRecord record, LogPlan plan, Place place, Sighting sighting)
      throws IOException {
    if (sighting.match().isWhitelisted()) {
      suppressed++;
      return;
    }
    var list = allowed.listOf(sighting.type().kind(), sighting.text());
    var seen = SeenRecord.of(record, plan);
    write(seen, place, sighting, list);
    context.finding(IndicatorFinding.of(seen, place, sighting).allowedBy(list));
    found++;
    allowedCount += list == null ? 0 : 1;
  }

  private void write(SeenRecord seen, Place place, Sighting sighting, @Nullable String list)
      throws IOException {
    var opened = rows;
    if (opened == null) {
      opened = output.daily().rows(SCHEMA);
      rows = opened;
    }
    var row = opened.row();
    if (seen.time() == null) {
      row.unset();
    } else {
      row.timeMicros(seen.time());
    }
    row.string(seen.uid()).address(seen.originator());
    port(row, seen.originatorPort());
    row.address(seen.responder());
    port(row, seen.responderPort());
    row.bytes(sighting.value())
        .string(sighting.type().zeekName())
        .string(place.where())
        .unset()
        .strings(sighting.match().types())
        .strings(sighting.match().sources())
        .string(seen.fuid())
        .string(seen.mimeType())
        .unset()
        .string(place.log())
        .string(list)
        .end();
  }

  private static void port(RowWriter row, long port) {
    if (port < 0 || port > MAX_PORT) {
      row.unset();
    } else {
      row.integer(port);
    }
  }

  @Override
  public void finish() {
    if (found + suppressed > 0) {
      context
          .logger()
          .debug(
              "{} matches, of which {} are on an allow list; {} more are suppressed by the feeds.",
              found,
              allowedCount,
              suppressed);
    }
  }
}
