package io.longline.plugins.beacons;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.api.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes findings of verdicts. Thread-safe. */
final class BeaconFinding {

  private static final long MICROS = 1_000_000;
  private static final long HOUR = 3600;
  private static final long MINUTE = 60;
  private static final long DAY = 24 * HOUR;

  private BeaconFinding() {}

  /** The finding of a verdict that has this severity. */
  static Finding of(Verdict verdict, Finding.Severity severity, WindowScope scope) {
    var threat = verdict.threat();
    var sides = threat.sides();
    var rule = threat.scores().rule();
    var target = sides.target();
    var name = sides.name();
    var finding =
        Finding.of(rule.id(), severity)
            .at(scope.max() * MICROS)
            .score(verdict.score())
            .source(sides.source().getHostAddress())
            .destination(target == null ? null : target.getHostAddress())
            .name(name == null ? null : new String(name, UTF_8))
            .log("conn")
            .sentence(sentence(threat, rule, scope))
            .basis(basis(verdict, scope))
            .chart(connections(threat, scope));
    var bars = threat.intervals();
    return bars == null ? finding : finding.chart(intervals(bars));
  }

  private static Finding.Chart connections(Threat threat, WindowScope scope) {
    return new Finding.Chart(
        "Connections by hour",
        Finding.Chart.TIME,
        (double) scope.firstHour() * HOUR,
        (double) HOUR,
        threat.numbers().byHour().subList(0, scope.lastHour() - scope.firstHour() + 1));
  }

  private static Finding.Chart intervals(IntervalBars bars) {
    var title =
        bars.leftOut() == 0
            ? "Intervals between connections"
            : text("Intervals between connections, without %,d longer ones", bars.leftOut());
    return new Finding.Chart(
        title, "s", (double) bars.first(), (double) bars.step(), bars.counts());
  }

  private static String sentence(Threat threat, Threat.Rule rule, WindowScope scope) {
    var who = threat.sides().source().getHostAddress();
    var whom = whom(threat.sides());
    var numbers = threat.numbers();
    long connections = numbers.counts().connections();
    var within = words(scope.max() - scope.min());
    return switch (rule) {
      case BEACON ->
          text(
              "%s connected to %s %,d times within %s%s. This looks like a program that calls home.",
              who, whom, connections, within, rhythm(threat.beacon()));
      case LONG_CONNECTION ->
          text(
              "%s was connected to %s for %s in all%s.",
              who,
              whom,
              words(numbers.duration() / MICROS),
              numbers.counts().open() > 0 ? ", and a connection was still open" : "");
      case STROBE ->
          text("%s connected to %s %,d times within %s.", who, whom, connections, within);
    };
  }

  private static String whom(PairSides sides) {
    var target = sides.target();
    if (target != null) {
      return target.getHostAddress();
    }
    var name = sides.name();
    return name == null ? "a server" : new String(name, UTF_8);
  }

  private static String rhythm(@Nullable Beacon beacon) {
    return beacon == null
        ? ""
        : text(
            ", about every %s, and sent about %,d bytes each time",
            words(Math.round(beacon.intervals().median())), Math.round(beacon.sizes().median()));
  }

  /** A number of seconds in the two greatest units that it has. */
  static String words(long seconds) {
    if (seconds >= DAY) {
      return pair(seconds / DAY, "d", seconds % DAY / HOUR, "h");
    }
    if (seconds >= HOUR) {
      return pair(seconds / HOUR, "h", seconds % HOUR / MINUTE, "min");
    }
    return seconds >= MINUTE
        ? pair(seconds / MINUTE, "min", seconds % MINUTE, "s")
        : seconds + " s";
  }

  private static String pair(long great, String greatUnit, long small, String smallUnit) {
    var text = great + " " + greatUnit;
    return small == 0 ? text : text + " " + small + " " + smallUnit;
  }

  private static List<String> basis(Verdict verdict, WindowScope scope) {
    var numbers = verdict.threat().numbers();
    var counts = numbers.counts();
    var basis = new ArrayList<String>();
    var beacon = verdict.threat().beacon();
    if (beacon != null) {
      basis.add(
          text(
              "beacon score %.3f: intervals %.3f, sizes %.3f, hours %.3f, duration %.3f",
              beacon.score(),
              beacon.timeScore(),
              beacon.sizeScore(),
              beacon.histogramScore(),
              beacon.durationScore()));
      basis.add(
          text(
              "median interval %s, half of them within %s of it",
              words(Math.round(beacon.intervals().median())),
              words(Math.round(beacon.intervals().mad()))));
    }
    basis.add(text("%,d connections", counts.connections()));
    if (counts.open() > 0) {
      basis.add(text("%,d open connections", counts.open()));
    }
    basis.add(text("%s connected, %,d bytes", words(numbers.duration() / MICROS), numbers.bytes()));
    if (counts.missingHosts() > 0) {
      basis.add(text("%,d HTTP requests without a host", counts.missingHosts()));
    }
    if (counts.proxied() > 0) {
      basis.add(text("%,d connections by a proxy", counts.proxied()));
    }
    basis.add(
        text(
            "%.1f%% of %,d internal hosts connect to it",
            verdict.prevalence() * 100, scope.hosts()));
    basis.add("first seen " + Instant.ofEpochSecond(verdict.firstSeen()));
    if (!numbers.ports().isEmpty()) {
      basis.add("ports " + String.join(" ", numbers.ports()));
    }
    return basis;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
