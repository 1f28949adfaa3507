package io.longline.host.cli;

import io.longline.host.app.HookHost;
import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.ledger.RunningCall;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar of the directories on a terminal, which also shows the call that has been running
 * longest if that keeps others waiting; nothing elsewhere. Thread-safe.
 */
final class ProgressLine implements EventSink, AutoCloseable {

  private static final String UNKNOWN_TOTAL = "(still searching)";

  /** From then on a call is shown: the bar stands still, and one wants to know why. */
  private static final Duration LONG = Duration.ofSeconds(2);

  private final CommandIo io;
  private volatile Supplier<List<RunningCall>> running = List::of;
  private @Nullable ProgressBar bar;
  private volatile boolean isTotalKnown;

  ProgressLine(CommandIo io) {
    this.io = io;
  }

  /** Shows the calls that this host makes. */
  void use(HookHost host) {
    use(host::running);
  }

  /** Shows these calls. */
  void use(Supplier<List<RunningCall>> calls) {
    running = calls;
  }

  @Override
  public synchronized void accept(HostEvent event) {
    if (!io.err().isTerminal()) {
      return;
    }
    if (event instanceof HostEvent.BatchAccepted) {
      var current = bar;
      if (current == null) {
        current = newBar();
        bar = current;
      }
      current.maxHint(current.getMax() + 1);
    } else if (bar != null
        && (event instanceof HostEvent.BatchFinished
            || event instanceof HostEvent.BatchUnavailable)) {
      bar.step();
    }
  }

  /** All directories have been found. */
  void totalIsKnown() {
    isTotalKnown = true;
  }

  /** What is to be said besides the numbers. */
  private String remark() {
    var longest =
        running.get().stream()
            .max(Comparator.comparing(RunningCall::age))
            .filter(call -> call.age().compareTo(LONG) >= 0)
            .map(RunningCallText::of)
            .orElse("");
    return isTotalKnown ? longest : (UNKNOWN_TOTAL + " " + longest).strip();
  }

  private ProgressBar newBar() {
    var drawn = new AtomicReference<@Nullable ProgressBar>();
    var started =
        new ProgressBarBuilder()
            .setTaskName("directories")
            .setInitialMax(0)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .continuousUpdate()
            .setConsumer(
                new StatusConsumer(
                    io.err().statusColumns(),
                    text -> {
                      io.err().status(text);
                      var current = drawn.get();
                      if (current != null) {
                        current.setExtraMessage(remark());
                      }
                    }))
            .build();
    started.setExtraMessage(remark());
    drawn.set(started);
    return started;
  }

  /** Passes the bar's text to the status line. */
  private record StatusConsumer(int columns, Consumer<String> status)
      implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return columns;
    }

    @Override
    public void accept(String text) {
      status.accept(text);
    }

    @Override
    public void close() {
      // The owner of the bar clears the status.
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      io.err().clearStatus();
    }
  }
}
