package io.longline.plugins.dnsanomalies;

import java.util.concurrent.TimeUnit;

/** How facts and windows divide time: steps of six hours, of which a window has four. */
final class Hours {

  static final int A_STEP = 6;
  static final int A_WINDOW = 24;

  static final long HOUR_MICROS = TimeUnit.HOURS.toMicros(1);
  static final long STEP_MICROS = A_STEP * HOUR_MICROS;

  /** The first step whose windows are in the years 1 to 9999, as facts and windows must be. */
  static final long FIRST_STEP = step(TimeUnit.SECONDS.toMicros(-62_135_596_800L)) + 4;

  /** The last one. */
  static final long LAST_STEP = step(TimeUnit.SECONDS.toMicros(253_402_300_800L)) - 5;

  private Hours() {}

  /** Whether the window with this start is a day, by UTC. */
  static boolean isDay(long start) {
    return Math.floorMod(start, A_WINDOW * HOUR_MICROS) == 0;
  }

  /** The number of the step of a time in microseconds since 1970 UTC. */
  static long step(long time) {
    return Math.floorDiv(time, STEP_MICROS);
  }

  /** The hour of a time within its step, from 0. */
  static int inStep(long time) {
    return (int) (Math.floorMod(time, STEP_MICROS) / HOUR_MICROS);
  }
}
