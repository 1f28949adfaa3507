package io.longline.host.cli;

import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar of the directories on a terminal; nothing elsewhere. Thread-safe. */
final class ProgressLine implements EventSink, AutoCloseable {

  private static final String UNKNOWN_TOTAL = "(still searching)";

  private final CommandIo io;
  private @Nullable ProgressBar bar;
  private boolean isTotalKnown;

  ProgressLine(CommandIo io) {
    this.io = io;
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
  synchronized void totalIsKnown() {
    isTotalKnown = true;
    if (bar != null) {
      bar.setExtraMessage("");
    }
  }

  private ProgressBar newBar() {
    var started = startBar();
    started.setExtraMessage(isTotalKnown ? "" : UNKNOWN_TOTAL);
    return started;
  }

  private ProgressBar startBar() {
    return new ProgressBarBuilder()
        .setTaskName("directories")
        .setInitialMax(0)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .setConsumer(new StatusConsumer(io.err().statusColumns(), io.err()::status))
        .build();
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
