package io.longline.host.call;

import io.longline.host.settings.SecretMask;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The remarks of a hook during one call: a bounded number of bounded length, and how many more
 * there were. Thread-safe.
 */
final class Remarks {

  /** The number of remarks of one call that are reported. */
  static final int MAX_REMARKS = 1_000;

  private final Call call;
  private final CallReports reports;
  private final Clock clock;
  private final SecretMask secrets;
  private final AtomicLong made = new AtomicLong();

  Remarks(Call call, CallReports reports, Clock clock, SecretMask secrets) {
    this.call = call;
    this.reports = reports;
    this.clock = clock;
    this.secrets = secrets;
  }

  /** Takes a remark of any length. */
  void take(String message) {
    if (made.incrementAndGet() <= MAX_REMARKS) {
      report(HookText.masked(message, secrets::masked));
    }
  }

  /** Ends the remarks: one more says how many were left out, if any were. */
  void end() {
    long leftOut = made.getAndSet(0) - MAX_REMARKS;
    if (leftOut > 0) {
      report(
          "%,d more remarks of this call are left out: of one call %,d are kept."
              .formatted(leftOut, MAX_REMARKS));
    }
  }

  private void report(String message) {
    reports.remarked(call.remark(clock.instant(), message));
  }
}
