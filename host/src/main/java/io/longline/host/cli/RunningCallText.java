package io.longline.host.cli;

import io.longline.host.event.PrintableText;
import io.longline.host.ledger.RunningCall;

/** Calls that are being made, for people. */
final class RunningCallText {

  private RunningCallText() {}

  /** Which call it is, and for how long it has been running. */
  static String of(RunningCall call) {
    var directory = call.directory();
    return call.hook()
        + (directory == null ? " at EXIT" : " on " + PrintableText.line(directory.toString()))
        + ", for "
        + age(call.age().toMillis());
  }

  /** A length of time, in one unit. */
  static String age(long millis) {
    long seconds = millis / 1_000;
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
  }
}
