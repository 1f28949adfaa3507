package io.longline.plugins.beacons;

import io.longline.api.Finding;
import io.longline.api.Setting;
import io.longline.detections.AddressRanges;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of this plugin. Immutable.
 *
 * @param scoring whose scoring is used
 * @param defaults which of RITA's two sets of thresholds holds for those that are not set
 * @param internal the subnets of the own network
 * @param alwaysIncluded subnets whose connections always count
 * @param neverIncluded subnets whose connections never count, besides those that cannot be hosts
 * @param externalToInternal whether connections that begin outside count
 * @param leastSeverity the least severity of a row that becomes a finding
 * @param leastTimes the number of different seconds that a beacon needs
 * @param beaconBase the least score of a beacon that counts, in hundredths
 * @param beaconLow the score that counts .4
 * @param beaconMedium the score that counts .6
 * @param beaconHigh the score that counts .8
 * @param timesWeight what the intervals count in the score of a beacon
 * @param sizesWeight what the sizes count
 * @param durationWeight what the duration counts
 * @param histogramWeight what the histogram counts
 * @param bimodalLeastHours the hours that a histogram with two heights needs
 * @param bimodalSensitivity the share of the highest bar within which bars are equal
 * @param bimodalOutliers the bars that may have another height
 * @param durationLeastHours the hours without which the duration counts nothing
 * @param durationIdealHours the hours without a gap that count 1
 * @param longBase the least sum of durations that counts
 * @param longLow the sum that counts .4
 * @param longMedium the sum that counts .6
 * @param longHigh the sum that counts .8
 * @param strobeConnections the number of connections that make a strobe
 * @param strobeScore what a strobe counts
 * @param rarePrevalence the share of hosts up to which a destination is rare
 * @param rareIncrease what a rare destination adds
 * @param commonPrevalence the share of hosts from which on a destination is common
 * @param commonDecrease what a common destination takes away
 * @param newAge the age up to which a destination is new
 * @param newIncrease what a new destination adds
 * @param oldAge the age from which on a destination is old
 * @param oldDecrease what an old destination takes away
 * @param missingHostIncrease what requests without a host add
 */
public record BeaconsSettings(
    @Setting(description = "Whose scoring is used.", defaultValue = "rita-5") Scoring scoring,
    @Setting(
            description =
                "Where thresholds that are not set come from: RITA's file of settings, or its code.",
            defaultValue = "hjson")
        Defaults defaults,
    @Setting(
            description = "The subnets of your own network.",
            defaultValue = "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fd00::/8")
        List<String> internal,
    @Setting(description = "Subnets whose connections always count.", defaultValue = "")
        List<String> alwaysIncluded,
    @Setting(
            description = "Subnets whose connections never count, besides multicast and the like.",
            defaultValue = "")
        List<String> neverIncluded,
    @Setting(
            description = "Count connections that begin outside your network.",
            defaultValue = "false")
        boolean externalToInternal,
    @Setting(
            description = "The least severity of a row that becomes a finding.",
            defaultValue = "medium")
        Finding.Severity leastSeverity,
    @Setting(
            description = "The number of different seconds that a beacon needs.",
            defaultValue = "4",
            min = "4")
        int leastTimes,
    @Setting(description = "The least score of a beacon that counts, in hundredths (50).")
        Optional<Double> beaconBase,
    @Setting(description = "The score of a beacon that counts .4 (70, or 75 in the code).")
        Optional<Double> beaconLow,
    @Setting(description = "The score of a beacon that counts .6 (90).")
        Optional<Double> beaconMedium,
    @Setting(description = "The score of a beacon that counts .8 (100).")
        Optional<Double> beaconHigh,
    @Setting(
            description = "What the intervals count in the score of a beacon.",
            defaultValue = "0.25")
        double timesWeight,
    @Setting(description = "What the sizes count.", defaultValue = "0.25") double sizesWeight,
    @Setting(description = "What the duration counts.", defaultValue = "0.25")
        double durationWeight,
    @Setting(description = "What the histogram counts.", defaultValue = "0.25")
        double histogramWeight,
    @Setting(
            description = "The hours that a histogram with two heights needs.",
            defaultValue = "11",
            min = "6",
            max = "24")
        int bimodalLeastHours,
    @Setting(
            description = "The share of the highest bar within which bars are equal.",
            defaultValue = "0.05",
            min = "0.001",
            max = "1")
        double bimodalSensitivity,
    @Setting(
            description = "The bars that may have another height.",
            defaultValue = "1",
            min = "0",
            max = "24")
        int bimodalOutliers,
    @Setting(
            description = "The hours without which the duration counts nothing.",
            defaultValue = "6",
            min = "1",
            max = "24")
        int durationLeastHours,
    @Setting(
            description = "The hours without a gap that count 1.",
            defaultValue = "12",
            min = "1",
            max = "24")
        int durationIdealHours,
    @Setting(description = "The least sum of durations that counts as long.", defaultValue = "1h")
        Duration longBase,
    @Setting(description = "The sum of durations that counts .4.", defaultValue = "4h")
        Duration longLow,
    @Setting(description = "The sum of durations that counts .6.", defaultValue = "8h")
        Duration longMedium,
    @Setting(description = "The sum of durations that counts .8.", defaultValue = "12h")
        Duration longHigh,
    @Setting(
            description = "The number of connections that make a strobe.",
            defaultValue = "86400",
            min = "1000",
            max = "86400")
        int strobeConnections,
    @Setting(description = "What a strobe counts.", defaultValue = "0.8", min = "0", max = "1")
        double strobeScore,
    @Setting(
            description = "The share of hosts up to which a destination is rare.",
            defaultValue = "0.02",
            min = "0",
            max = "1")
        double rarePrevalence,
    @Setting(description = "What a rare destination adds (0.15, or 0 in the code).")
        Optional<Double> rareIncrease,
    @Setting(
            description = "The share of hosts from which on a destination is common.",
            defaultValue = "0.5",
            min = "0",
            max = "1")
        double commonPrevalence,
    @Setting(description = "What a common destination takes away (0.15, or 0 in the code).")
        Optional<Double> commonDecrease,
    @Setting(description = "The age up to which a destination is new.", defaultValue = "7d")
        Duration newAge,
    @Setting(
            description = "What a new destination adds, in the window of the whole run.",
            defaultValue = "0.15")
        double newIncrease,
    @Setting(description = "The age from which on a destination is old.", defaultValue = "30d")
        Duration oldAge,
    @Setting(
            description = "What an old destination takes away, in the window of the whole run.",
            defaultValue = "0.15")
        double oldDecrease,
    @Setting(description = "What HTTP requests without a host add.", defaultValue = "0.1")
        double missingHostIncrease) {

  private static final double BEACON_BASE = 50;
  private static final double BEACON_MEDIUM = 90;
  private static final double BEACON_HIGH = 100;

  /**
   * Checks the settings that belong together.
   *
   * @throws IllegalArgumentException if thresholds do not rise, weights are not 1 together, or a
   *     subnet cannot be read
   */
  public BeaconsSettings {
    internal = List.copyOf(internal);
    alwaysIncluded = List.copyOf(alwaysIncluded);
    neverIncluded = List.copyOf(neverIncluded);
    beacon(defaults, beaconBase, beaconLow, beaconMedium, beaconHigh);
    seconds(longBase, longLow, longMedium, longHigh);
    new BeaconRules.Weights(timesWeight, sizesWeight, durationWeight, histogramWeight);
    AddressRanges.of(internal);
    AddressRanges.of(alwaysIncluded);
    AddressRanges.of(neverIncluded);
  }

  private static Bucket beacon(
      Defaults defaults,
      Optional<Double> base,
      Optional<Double> low,
      Optional<Double> medium,
      Optional<Double> high) {
    return new Bucket(
        base.orElse(BEACON_BASE),
        low.orElse(defaults.beaconLow()),
        medium.orElse(BEACON_MEDIUM),
        high.orElse(BEACON_HIGH));
  }

  private static Bucket seconds(Duration base, Duration low, Duration medium, Duration high) {
    return new Bucket(base.toSeconds(), low.toSeconds(), medium.toSeconds(), high.toSeconds());
  }

  /** Which connections count. */
  NetworkFilter filter() {
    return new NetworkFilter(
        AddressRanges.of(internal),
        AddressRanges.of(alwaysIncluded),
        AddressRanges.of(neverIncluded),
        externalToInternal);
  }

  /** How connections become a score. */
  ThreatRules rules() {
    return new ThreatRules(
        new BeaconRules(
            new BeaconRules.Weights(timesWeight, sizesWeight, durationWeight, histogramWeight),
            new HistogramRules(bimodalLeastHours, bimodalSensitivity, bimodalOutliers),
            new DurationRules(durationLeastHours, durationIdealHours),
            leastTimes),
        beacon(defaults, beaconBase, beaconLow, beaconMedium, beaconHigh),
        seconds(longBase, longLow, longMedium, longHigh),
        new ThreatRules.Strobe(strobeConnections, strobeScore),
        new ThreatRules.Prevalence(
            rarePrevalence,
            rareIncrease.orElse(defaults.prevalence()),
            commonPrevalence,
            commonDecrease.orElse(defaults.prevalence())),
        new ThreatRules.Age(newAge.toSeconds(), newIncrease, oldAge.toSeconds(), oldDecrease),
        missingHostIncrease);
  }
}
