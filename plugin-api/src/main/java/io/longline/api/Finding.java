package io.longline.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that a detection has found and a person should look at: a row of the log {@code
 * findings}, which all hooks share, and an entry of the report. Immutable: each method that adds
 * something returns another finding.
 *
 * <pre>{@code
 * context.finding(
 *     Finding.of("many-failed-logins", Finding.Severity.MEDIUM)
 *         .at(TIME.micros(record))
 *         .source(CLIENT.get(record))
 *         .destination(SERVER.get(record))
 *         .sentence("10.0.0.7 failed to log in to 10.0.0.1 400 times within an hour.")
 *         .basis("400 failed logins", "3 user names"));
 * }</pre>
 *
 * <p>Only the rule and the severity are required. Texts may come from logs as they are: what is too
 * long is cut and ends with an ellipsis then.
 *
 * @since 0.1.0
 */
public final class Finding {

  /** The number of characters of a sentence. */
  private static final int MAX_SENTENCE = 4_000;

  /** The number of characters of other texts. */
  private static final int MAX_TEXT = 1_000;

  /** The number of texts in a basis. */
  private static final int MAX_BASIS = 50;

  /** The number of charts. */
  private static final int MAX_CHARTS = 4;

  private final String rule;
  private final Severity severity;
  private @Nullable Long at;
  private @Nullable Double score;
  private @Nullable String source;
  private @Nullable String destination;
  private @Nullable String name;
  private @Nullable String uid;
  private @Nullable String log;
  private @Nullable String sentence;
  private List<String> basis = List.of();
  private @Nullable String allowedBy;
  private List<Chart> charts = List.of();

  /** How bad a finding is, from the least to the worst. */
  public enum Severity {
    /** Worth knowing. */
    LOW,
    /** To be looked at when there is time. */
    MEDIUM,
    /** To be looked at today. */
    HIGH,
    /** To be looked at now. */
    CRITICAL;

    /** Its name as it is in the log, such as {@code high}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Finding(String rule, Severity severity) {
    this.rule = cut(Objects.requireNonNull(rule, "rule"), MAX_TEXT);
    this.severity = Objects.requireNonNull(severity, "severity");
  }

  /**
   * Starts a finding.
   *
   * @param rule what was looked for, in a short form that stays the same, such as {@code beacon} or
   *     the id of a rule
   * @param severity how bad it is
   */
  public static Finding of(String rule, Severity severity) {
    return new Finding(rule, severity);
  }

  private Finding copy() {
    var copy = new Finding(rule, severity);
    copy.at = at;
    copy.score = score;
    copy.source = source;
    copy.destination = destination;
    copy.name = name;
    copy.uid = uid;
    copy.log = log;
    copy.sentence = sentence;
    copy.basis = basis;
    copy.allowedBy = allowedBy;
    copy.charts = charts;
    return copy;
  }

  /**
   * When it happened; without it, a finding of a window has the window's start.
   *
   * @param micros microseconds since 1970 UTC, as {@link io.longline.zeek.TimeField#micros} gives
   *     them
   */
  public Finding at(long micros) {
    var copy = copy();
    copy.at = micros;
    return copy;
  }

  /** How sure or how strong it is, mostly from 0 to 1. */
  public Finding score(double value) {
    var copy = copy();
    copy.score = value;
    return copy;
  }

  /** The host that began, mostly an address; null for none. */
  public Finding source(@Nullable String host) {
    var copy = copy();
    copy.source = cut(host);
    return copy;
  }

  /** The other host, mostly an address; null for none. */
  public Finding destination(@Nullable String host) {
    var copy = copy();
    copy.destination = cut(host);
    return copy;
  }

  /** A name that it is about, such as a domain, a user agent or a file; null for none. */
  public Finding name(@Nullable String text) {
    var copy = copy();
    copy.name = cut(text);
    return copy;
  }

  /** The {@code uid} of the connection; null for none. */
  public Finding uid(@Nullable String text) {
    var copy = copy();
    copy.uid = cut(text);
    return copy;
  }

  /** The path of the log that it was found in, such as {@code dns}; null for none. */
  public Finding log(@Nullable String path) {
    var copy = copy();
    copy.log = cut(path);
    return copy;
  }

  /** What was found, in a sentence that a person understands who has not seen the logs. */
  public Finding sentence(String text) {
    var copy = copy();
    copy.sentence = cut(text, MAX_SENTENCE);
    return copy;
  }

  /** What it is based on, in short texts, such as {@code 331 connections}; at most 50 of them. */
  public Finding basis(String... texts) {
    return basis(Arrays.asList(texts));
  }

  /** What it is based on, in short texts, such as {@code 331 connections}; at most 50 of them. */
  public Finding basis(List<String> texts) {
    var copy = copy();
    copy.basis = texts.stream().limit(MAX_BASIS).map(text -> cut(text, MAX_TEXT)).toList();
    return copy;
  }

  /**
   * The allow list, or the entry of it, by which this is expected; null for none. Such a finding is
   * recorded and counted, and reports fold it away.
   */
  public Finding allowedBy(@Nullable String list) {
    var copy = copy();
    copy.allowedBy = cut(list);
    return copy;
  }

  /** A picture for the report, beside those that it has; the fifth and later ones are left out. */
  public Finding chart(Chart chart) {
    var copy = copy();
    if (charts.size() < MAX_CHARTS) {
      var longer = new ArrayList<>(charts);
      longer.add(chart);
      copy.charts = List.copyOf(longer);
    }
    return copy;
  }

  /** What was looked for. */
  public String rule() {
    return rule;
  }

  /** How bad it is. */
  public Severity severity() {
    return severity;
  }

  /** When it happened, in microseconds since 1970 UTC; null where that was not said. */
  public @Nullable Long at() {
    return at;
  }

  /** How sure or how strong it is; null where that was not said. */
  public @Nullable Double score() {
    return score;
  }

  /** The host that began; null for none. */
  public @Nullable String source() {
    return source;
  }

  /** The other host; null for none. */
  public @Nullable String destination() {
    return destination;
  }

  /** A name that it is about; null for none. */
  public @Nullable String name() {
    return name;
  }

  /** The {@code uid} of the connection; null for none. */
  public @Nullable String uid() {
    return uid;
  }

  /** The path of the log that it was found in; null for none. */
  public @Nullable String log() {
    return log;
  }

  /** What was found; null where that was not said. */
  public @Nullable String sentence() {
    return sentence;
  }

  /** What it is based on. */
  public List<String> basis() {
    return basis;
  }

  /** The allow list by which this is expected; null for none. */
  public @Nullable String allowedBy() {
    return allowedBy;
  }

  /** The pictures. */
  public List<Chart> charts() {
    return charts;
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null ? null : cut(text, MAX_TEXT);
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
    return text.substring(0, end) + "…";
  }

  @Override
  public String toString() {
    return "%s %s %s -> %s %s: %s"
        .formatted(severity.word(), rule, source, destination, name, sentence);
  }

  /**
   * Bars of counts, side by side from left to right. Immutable.
   *
   * @param title what they show, such as {@code Connections by hour}
   * @param unit the unit of the horizontal axis, such as {@code s}; {@value #TIME} for seconds
   *     since 1970 UTC
   * @param first where the first bar begins
   * @param step the width of a bar
   * @param counts the heights, at most 400; what comes after is left out
   */
  public record Chart(String title, String unit, double first, double step, List<Long> counts) {

    /** The unit of an axis of times. */
    public static final String TIME = "time";

    private static final int MAX_BARS = 400;
    private static final int MAX_TITLE = 100;

    /** Makes a copy, and cuts what is too long. */
    public Chart {
      title = cut(title, MAX_TITLE);
      unit = cut(unit, MAX_TITLE);
      counts = counts.stream().limit(MAX_BARS).toList();
    }

    /**
     * Bars over a span of time.
     *
     * @param startMicros where the first begins, in microseconds since 1970 UTC
     * @param stepMicros how long each is, in microseconds
     * @param counts the heights
     */
    public static Chart ofTimes(String title, long startMicros, long stepMicros, long... counts) {
      return new Chart(title, TIME, startMicros / 1e6, stepMicros / 1e6, listed(counts));
    }

    /**
     * Bars over numbers.
     *
     * @param unit of the numbers, such as {@code s}; empty for none
     * @param first where the first begins
     * @param step the width of each
     * @param counts the heights
     */
    public static Chart ofNumbers(
        String title, String unit, double first, double step, long... counts) {
      return new Chart(title, unit, first, step, listed(counts));
    }

    private static List<Long> listed(long[] counts) {
      return Arrays.stream(counts).boxed().toList();
    }
  }
}
