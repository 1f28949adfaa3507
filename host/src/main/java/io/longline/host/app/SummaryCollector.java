package io.longline.host.app;

import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.PluginProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds events up to a {@link HostSummary}. Thread-safe. */
final class SummaryCollector implements EventSink {

  private final DirectoryCount directories = new DirectoryCount();
  private final CallCount calls = new CallCount();
  private final TroubleCount troubles = new TroubleCount();

  @Override
  public synchronized void accept(HostEvent event) {
    directories.accept(event);
    calls.accept(event);
    troubles.accept(event);
  }

  synchronized HostSummary summary(
      List<CalledHook> hooks,
      Map<String, String> idle,
      List<PluginProblem> problems,
      Path output,
      Map<Path, Long> outputBytes,
      Optional<String> failure,
      Duration took) {
    return new HostSummary(
        directories.counted(),
        calls.counted(hooks, idle),
        troubles.counted(problems),
        new HostSummary.Outputs(output, outputBytes, troubles.outputFailures()),
        failure,
        took);
  }
}
