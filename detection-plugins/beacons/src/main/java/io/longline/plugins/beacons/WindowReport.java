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

  private final EndedConnections ended;
  private final OuterSides outer = new OuterSides();
  private final BucketReader buckets;
  private final BucketPairs pairs = new BucketPairs();
  private final PairTotals totals;
  private final List<Threat> threats = new ArrayList<>();

  /** Names that have a row of their own, or could have, with the internal address. */
  private final LongSet busyNames = new LongSet();

  private Kind kind = Kind.SNI;

  /** Which bucket of the part is the next one. */
  private int nextBucket;

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
    this.ended = new EndedConnections(scope);
    this.buckets = new BucketReader(scope, rules, outer);
    this.totals = new PairTotals(scope, pairs, ended);
  }

  /** Goes through the facts that follow the summaries. */
  void read(WindowFacts facts) throws IOException {
    int part = -1;
    while (facts.nextKey()) {
      var key = facts.keyBytes();
      if (!Kind.isOfPairs(key)) {
        ended.read(facts);
        continue;
      }
      int partOfKey = key[0] * Kind.PARTS + key[1];
      if (partOfKey != part) {
        endPart();
        part = partOfKey;
        kind = Kind.of(key);
      }
      if (key.length == Kind.PART_KEY_BYTES) {
        buckets.readPart(facts);
      } else {
        findUpTo(key[2]);
        buckets.read(facts);
        findUpTo(key[2] + 1);
      }
    }
    endPart();
  }

  /** Finds the pairs of the buckets before one, of which the last may have blocks of its own. */
  private void findUpTo(int bucket) throws IOException {
    while (nextBucket < bucket) {
      buckets.find(nextBucket++, kind, pairs, this::pair);
    }
  }

  private void pair(int item) throws IOException {
    totals.sum(item);
    if (!totals.isInScope()) {
      return;
    }
    if (buckets.addHost(pairs.pair(item))) {
      outer.addHost(pairs.outerHash(item));
    }
    boolean mayBeBeacon = totals.count() >= rules.beacon().leastTimes();
    double longScore = rules.longBucket().score(totals.duration() / 1e6);
    if (mayBeBeacon || longScore > 0) {
      var sides = pairs.sides(item);
      if (kind == Kind.SNI || !belongsToName(sides)) {
        score(item, sides, longScore);
      }
    }
  }

  /** Scores the pair that the totals are about. */
  private void score(int item, PairSides sides, double longScore) {
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
              pairs.outerHash(item),
              totals.numbers(item, unique),
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
    if (nextBucket == 0) {
      // There is little: all of it at once.
      buckets.find(BucketReader.ALL, kind, pairs, this::pair);
    } else if (buckets.hasBlocksOfPart()) {
      findUpTo(Kind.PARTS);
    }
    threats.sort(Comparator.comparing(Threat::sides));
    for (var threat : threats) {
      long side = threat.outerHash();
      output.accept(
          Verdict.of(threat, scope, rules, outer.hosts(side), outer.first(side), knowsAge));
    }
    threats.clear();
    outer.clear();
    buckets.clear();
    nextBucket = 0;
  }
}
