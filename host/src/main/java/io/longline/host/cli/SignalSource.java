package io.longline.host.cli;

import java.util.function.Consumer;

/** Where signals come from. */
public interface SignalSource {

  /** A signal that a run listens to. */
  enum Name {
    /** Ends the run. */
    INT(2),
    /** Ends the run. */
    TERM(15),
    /** Drains with the queue. */
    USR1(10),
    /** Drains with the queue. */
    USR2(12);

    private final int number;

    Name(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    boolean endsTheRun() {
      return this == INT || this == TERM;
    }
  }

  /** Tells a consumer of each signal from now on, on any thread. */
  void listen(Consumer<Name> onSignal);
}
