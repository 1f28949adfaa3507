package io.longline.plugins.beacons;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.api.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes findings of verdicts. Thread-safe. */
final class BeaconFinding {

  private static final long MICROS = 1_000_000;
  private static final long HOUR = 3600;
  private static final long MINUTE = 60;
  private static final long DAY = 24 * HOUR;

  private static final double THOUSAND = 1000;

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
            : "Intervals between connections, without " + grouped(bars.leftOut()) + " longer ones";
    return new Finding.Chart(
        title, "s", (double) bars.first(), (double) bars.step(), bars.counts());
  }

  private static String sentence(Threat threat, Threat.Rule rule, WindowScope scope) {
    var who = threat.sides().source().getHostAddress();
    var whom = whom(threat.sides());
    var numbers = threat.numbers();
    var often =
        " connected to %s %s times within %s"
            .formatted(
                whom, grouped(numbers.counts().connections()), words(scope.max() - scope.min()));
    return switch (rule) {
      case BEACON ->
          who + often + rhythm(threat.beacon()) + ". This looks like a program that calls home.";
      case LONG_CONNECTION ->
          "%s was connected to %s for %s in all%s."
              .formatted(
                  who,
                  whom,
                  words(numbers.duration() / MICROS),
                  numbers.counts().open() > 0 ? ", and a connection was still open" : "");
      case STROBE -> who + often + ".";
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
    if (beacon == null) {
      return "";
    }
    return ", about every "
        + words(Math.round(beacon.intervals().median()))
        + ", and sent about "
        + grouped(Math.round(beacon.sizes().median()))
        + " bytes each time";
  }

  /** A number of seconds in the two greatest units that it has; days from two days on. */
  static String words(long seconds) {
    if (seconds >= 2 * DAY) {
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

  /** A number with commas between its thousands. */
  static String grouped(long number) {
    var digits = new StringBuilder(Long.toString(number));
    for (int at = digits.length() - 3; at > 0; at -= 3) {
      digits.insert(at, ',');
    }
    return digits.toString();
  }

  private static List<String> basis(Verdict verdict, WindowScope scope) {
    var numbers = verdict.threat().numbers();
    var counts = numbers.counts();
    var basis = new ArrayList<String>();
    var beacon = verdict.threat().beacon();
    if (beacon != null) {
      addBeacon(beacon, basis);
    }
    add(counts.connections(), " connections", basis);
    add(counts.open(), " open connections", basis);
    basis.add(
        words(numbers.duration() / MICROS) + " connected, " + grouped(numbers.bytes()) + " bytes");
    add(counts.missingHosts(), " HTTP requests without a host", basis);
    add(counts.proxied(), " connections by a proxy", basis);
    basis.add(
        Math.round(verdict.prevalence() * THOUSAND) / 10.0
            + "% of "
            + grouped(scope.hosts())
            + " internal hosts connect to it");
    basis.add("first seen " + Instant.ofEpochSecond(verdict.firstSeen()));
    if (!numbers.ports().isEmpty()) {
      basis.add("ports " + String.join(" ", numbers.ports()));
    }
    return basis;
  }

  private static void add(long count, String what, List<String> basis) {
    if (count > 0) {
      basis.add(grouped(count) + what);
    }
  }

  private static void addBeacon(Beacon beacon, List<String> basis) {
    basis.add(
        "beacon score "
            + beacon.score()
            + ": intervals "
            + beacon.timeScore()
            + ", sizes "
            + beacon.sizeScore()
            + ", hours "
            + beacon.histogramScore()
            + ", duration "
            + beacon.durationScore());
    basis.add(
        "median interval "
            + words(Math.round(beacon.intervals().median()))
            + ", half of them within "
            + words(Math.round(beacon.intervals().mad()))
            + " of it");
  }
}
