package io.longline.plugins.beacons;

import io.longline.api.HookContext;
import io.longline.api.RowOutput;
import io.longline.zeek.LogSchema;
import io.longline.zeek.RowWriter;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes rows of the log {@code beacons}. Confined to the call on a window. */
final class BeaconRows {

  /** The columns. */
  static final LogSchema SCHEMA =
      LogSchema.builder("beacons")
          .field("window_start", "time")
          .field("window_end", "time")
          .field("src", "addr")
          .field("dst", "addr")
          .field("fqdn", "string")
          .field("kind", "string")
          .field("count", "count")
          .field("ts_unique", "count")
          .field("score", "double")
          .field("ts_score", "double")
          .field("ds_score", "double")
          .field("hist_score", "double")
          .field("dur_score", "double")
          .field("interval_median", "double")
          .field("interval_mad", "double")
          .field("size_median", "double")
          .field("total_duration", "interval")
          .field("open_duration", "interval")
          .field("total_bytes", "count")
          .field("prevalence", "double")
          .field("network_size", "count")
          .field("first_seen", "time")
          .field("missing_host_count", "count")
          .field("proxy_count", "count")
          .field("ports", "vector[string]")
          .field("severity", "string")
          .field("final_score", "double")
          .build();

  private static final long MICROS = 1_000_000;

  private final WindowScope scope;
  private final HookContext context;
  private @Nullable RowOutput rows;

  /** Rows of a time that is looked at. */
  BeaconRows(WindowScope scope, HookContext context) {
    this.scope = scope;
    this.context = context;
  }

  /** Opens the output for the first row: a window without threats has no file. */
  private RowOutput rows() throws IOException {
    var open = rows;
    if (open == null) {
      open = context.output("beacons").rows(SCHEMA);
      rows = open;
    }
    return open;
  }

  /** Writes a row. */
  void write(Verdict verdict) throws IOException {
    var threat = verdict.threat();
    var numbers = threat.numbers();
    var counts = numbers.counts();
    var row =
        rows()
            .row()
            .timeMicros(scope.min() * MICROS)
            .timeMicros(scope.max() * MICROS)
            .address(threat.sides().source())
            .address(threat.sides().target())
            .bytes(threat.sides().name())
            .string(threat.sides().kind().word())
            .count(counts.connections());
    writeTimes(threat, row);
    row.intervalMicros(numbers.duration())
        .intervalMicros(numbers.openDuration())
        .count(numbers.bytes())
        .real(verdict.prevalence())
        .count(scope.hosts())
        .timeMicros(verdict.firstSeen() * MICROS)
        .count(counts.missingHosts())
        .count(counts.proxied())
        .strings(numbers.ports())
        .string(word(verdict))
        .real(verdict.score())
        .end();
  }

  private static void writeTimes(Threat threat, RowWriter row) throws IOException {
    if (threat.scores().rule() == Threat.Rule.STROBE) {
      row.unset();
    } else {
      row.count(threat.numbers().counts().times());
    }
    var beacon = threat.beacon();
    if (beacon == null) {
      for (int i = 0; i < 8; i++) {
        row.unset();
      }
      return;
    }
    row.real(beacon.score())
        .real(beacon.timeScore())
        .real(beacon.sizeScore())
        .real(beacon.histogramScore())
        .real(beacon.durationScore())
        .real(beacon.intervals().median())
        .real(beacon.intervals().mad())
        .real(beacon.sizes().median());
  }

  private static String word(Verdict verdict) {
    var severity = verdict.severity();
    return severity == null ? "none" : severity.name().toLowerCase(Locale.ROOT);
  }
}
