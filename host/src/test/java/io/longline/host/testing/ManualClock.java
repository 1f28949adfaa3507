package io.longline.host.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock in UTC that only moves when it is advanced. */
public final class ManualClock extends Clock {

  private volatile Instant now;

  /** A clock that stands at this instant. */
  public ManualClock(String instant) {
    this.now = Instant.parse(instant);
  }

  /** Advances the clock. */
  public void advance(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(now, zone);
  }
}
