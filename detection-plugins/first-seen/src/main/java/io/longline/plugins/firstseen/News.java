package io.longline.plugins.firstseen;

import io.longline.api.Finding;
import io.longline.api.Finding.Severity;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that is new, or came again. Immutable.
 *
 * @param seen when it was seen, until it was absent for long
 * @param start from when on its kind is learned, in microseconds since 1970
 * @param absent for how long it had not been seen before, in microseconds; 0 if it never was
 * @param isNew whether it is new, or forgotten
 * @param allowedBy the list by which it is expected
 */
record News(
    Kind kind,
    String value,
    Seen seen,
    long start,
    long absent,
    boolean isNew,
    @Nullable String allowedBy) {

  /** The earliest first. */
  static final Comparator<News> EARLIEST =
      Comparator.comparing(News::seen, Seen.EARLIEST)
          .thenComparing(News::kind)
          .thenComparing(News::value);

  private static final long MICROS_PER_DAY = ChronoUnit.DAYS.getDuration().toMillis() * 1_000;

  Finding finding() {
    var learned = days(seen.first() - start);
    var what = kind.sentence(Objects.requireNonNullElse(seen.host(), "A host"), value);
    return Finding.of((isNew ? "new-" : "reappeared-") + kind.word(), Severity.LOW)
        .at(seen.first())
        .source(seen.host())
        .name(value)
        .uid(seen.uid())
        .log(kind.log())
        .sentence(
            isNew
                ? "%s for the first time in %s."
                    .formatted(what, absent == 0 ? learned : days(absent))
                : "%s again, after %s without it.".formatted(what, days(absent)))
        .basis(
            "values of this kind were learned for " + learned,
            absent == 0 ? "never seen before" : "not seen for " + days(absent))
        .allowedBy(allowedBy);
  }

  private static String days(long micros) {
    long days = micros / MICROS_PER_DAY;
    return days == 1 ? "1 day" : days + " days";
  }
}
