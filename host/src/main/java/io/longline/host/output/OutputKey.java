package io.longline.host.output;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.time.LocalDate;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The identity of an output, as hooks name it. Immutable.
 *
 * @param name its name
 * @param isDaily whether it has a file for each day
 * @param day the day of the file, if the hook chose it; null for the day on which the call
 *     succeeds, and if there is one file for all days
 */
record OutputKey(String name, boolean isDaily, @Nullable LocalDate day)
    implements Comparable<OutputKey> {

  private static final Comparator<OutputKey> ORDER =
      comparing(OutputKey::name)
          .thenComparing(OutputKey::isDaily)
          .thenComparing(OutputKey::day, nullsFirst(naturalOrder()));

  /** Whether its file is that of the day on which the call succeeds. */
  boolean isOfToday() {
    return isDaily && day == null;
  }

  /** The output as messages name it. */
  String described() {
    return day == null ? name : name + " of " + day;
  }

  @Override
  public int compareTo(OutputKey other) {
    return ORDER.compare(this, other);
  }
}
