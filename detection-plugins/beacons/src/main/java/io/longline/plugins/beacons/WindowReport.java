package io.longline.plugins.beacons;

import io.longline.api.WindowFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the threats in the facts of a window. Confined to one thread.
 *
 * <p>Of the pairs of a window, those of one bucket are in memory, and of those that are threats,
 * those of the 16th part of all destinations: how common a destination is, is known when all its
 * pairs have been seen.
 */
final class WindowReport {

  private final WindowScope scope;
  private final ThreatRules rules;
  private final boolean knowsAge;
  private final Output output;

  private final BucketPairs pairs = new BucketPairs();
  private final PairTotals totals;
  private final OuterSides outer = new OuterSides();
  private final List<Threat> threats = new ArrayList<>();

  /** Names that have a row of their own, or could have, with the internal address. */
  private final LongSet busyNames = new LongSet();

  /** The pairs of the bucket that count as hosts of their outer sides, whoever began. */
  private final LongSet counted = new LongSet();

  /** Takes verdicts in an order that depends on the pairs only. */
  @FunctionalInterface
  interface Output {
    void accept(Verdict verdict) throws IOException;
  }

  /**
   * A report.
   *
   * @param knowsAge whether the facts go back further than the time that is looked at
   */
  WindowReport(WindowScope scope, ThreatRules rules, boolean knowsAge, Output output) {
    this.scope = scope;
    this.rules = rules;
    this.knowsAge = knowsAge;
    this.output = output;
    this.totals = new PairTotals(scope, pairs);
  }

  /** Goes through the facts that follow the summaries. */
  void read(WindowFacts facts) throws IOException {
    int part = -1;
    while (facts.nextKey()) {
      var key = facts.keyBytes();
      int partOfKey = key[0] * Kind.PARTS + key[1];
      if (partOfKey != part) {
        endPart();
        part = partOfKey;
      }
      var kind = Kind.of(key);
      pairs.read(facts, kind);
      counted.clear();
      pairs.forEach(item -> pair(item, kind));
    }
    endPart();
  }

  private void pair(int item, Kind kind) {
    totals.sum(item);
    if (totals.firstSecond() == Long.MAX_VALUE) {
      return;
    }
    long outerHash = pairs.outerHash(item);
    boolean isNewHost = totals.isInScope() && counted.add(pairs.sidesHash(item));
    outer.add(outer.place(outerHash), isNewHost, totals.firstSecond());
    boolean mayBeBeacon = totals.count() >= rules.beacon().leastTimes();
    double longScore = rules.longBucket().score(totals.duration() / 1e6);
    if (totals.isInScope() && (mayBeBeacon || longScore > 0)) {
      totals.readDetails(item);
      var sides = pairs.sides(item);
      if (kind == Kind.SNI || !belongsToName(sides)) {
        score(sides, outerHash, longScore);
      }
    }
  }

  /** Scores the pair that the totals are about. */
  private void score(PairSides sides, long outerHash, double longScore) {
    boolean isStrobe = totals.count() >= rules.strobe().connections();
    var times = isStrobe ? new long[0] : totals.times();
    var intervals = Beacon.intervals(times);
    long unique = intervals.length + Math.min(times.length, 1L);
    boolean isBeacon = unique >= rules.beacon().leastTimes();
    if (sides.kind() == Kind.SNI && (isBeacon || longScore > 0)) {
      busyNames.add(sides.pairHash());
    }
    var beacon = isBeacon ? beacon(times) : null;
    var scores =
        new Threat.Scores(
            beacon == null ? 0 : rules.beaconBucket().score(beacon.score() * 100),
            longScore,
            isStrobe ? rules.strobe().score() : 0);
    if (scores.greatest() > 0) {
      threats.add(
          new Threat(
              sides,
              outerHash,
              totals.numbers(unique),
              beacon,
              scores,
              beacon == null ? null : IntervalBars.of(intervals)));
    }
  }

  private @Nullable Beacon beacon(long[] times) {
    return Beacon.of(times, totals.sizes(), scope.min(), scope.max(), rules.beacon());
  }

  /** Whether a connection of a pair of addresses belongs to a name that is a threat by itself. */
  private boolean belongsToName(PairSides sides) {
    for (long name : totals.names()) {
      if (busyNames.contains(sides.pairHash(name))) {
        return true;
      }
    }
    return false;
  }

  private void endPart() throws IOException {
    threats.sort(Comparator.comparing(Threat::sides));
    for (var threat : threats) {
      int place = outer.place(threat.outerHash());
      output.accept(
          Verdict.of(threat, scope, rules, outer.hosts(place), outer.first(place), knowsAge));
    }
    threats.clear();
    outer.clear();
  }
}
