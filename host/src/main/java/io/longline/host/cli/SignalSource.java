package io.longline.host.cli;

import java.util.function.Consumer;

/** Where signals come from. */
interface SignalSource {

  /** A signal that a host listens to. */
  enum Name {
    /** Leaves the queue and ends. */
    INT(2),
    /** Leaves the queue and ends. */
    TERM(15),
    /** Finishes the queue and ends. */
    USR1(10),
    /** Finishes the queue and ends. */
    USR2(12);

    private final int number;

    Name(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    boolean leavesQueue() {
      return this == INT || this == TERM;
    }
  }

  /** Calls a consumer for each signal from now on, on any thread. */
  void listen(Consumer<Name> onSignal);
}
