package io.longline.plugins.files;

import io.longline.api.HookContext;
import io.longline.api.LineOutput;
import io.longline.api.Output;
import io.longline.api.PermanentFailureException;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The output {@code info} of one call, with its files of several days. Confined to one thread. */
final class InfoOutput {

  /** How many outputs a call may open, without that of the day of processing. */
  private static final int MAX_DAYS = 999;

  private static final int LAST_YEAR = 9999;

  private final Output info;
  private final OutputDay naming;
  private final ZoneId zone;
  private final Map<LocalDate, LineOutput> days = new HashMap<>();
  private @Nullable LineOutput ofProcessing;

  InfoOutput(HookContext context, OutputDay naming) {
    this.info = context.output("info");
    this.naming = naming;
    this.zone = context.clock().getZone();
  }

  /**
   * Writes a line to the file of its day.
   *
   * @param micros its time, in microseconds since 1970; null if it has none
   * @throws PermanentFailureException if it is of one day more than there may be
   */
  void line(@Nullable Long micros, String line) throws IOException, PermanentFailureException {
    var day = naming == OutputDay.RECORD && micros != null ? day(micros) : null;
    (day == null ? ofProcessing() : of(day)).line(line);
  }

  /** The day of a time; null if it has no four digits for its year. */
  private @Nullable LocalDate day(long micros) {
    var day = LocalDate.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), zone);
    return day.getYear() < 1 || day.getYear() > LAST_YEAR ? null : day;
  }

  private LineOutput ofProcessing() throws IOException {
    var opened = ofProcessing;
    if (opened == null) {
      opened = info.daily().lines();
      ofProcessing = opened;
    }
    return opened;
  }

  private LineOutput of(LocalDate day) throws IOException, PermanentFailureException {
    var opened = days.get(day);
    if (opened == null) {
      if (days.size() == MAX_DAYS) {
        throw new PermanentFailureException(
            "files.log has extracted files of more than %d days, such as %s: more files than a call may open. If the times are right, process fewer days at once, or name the files by the day of processing, with the setting day."
                .formatted(MAX_DAYS, day));
      }
      opened = info.day(day).lines();
      days.put(day, opened);
    }
    return opened;
  }
}
