package io.longline.host.cli;

import io.longline.host.app.HookHost;
import io.longline.host.event.PrintableText;
import io.longline.host.service.ServiceState;
import java.util.List;

/**
 * How a host that watches is, for a service manager. Thread-safe.
 *
 * @param host the host, which has begun to watch
 * @param signals have it end
 * @param line what it does
 */
record WatchState(HookHost host, EndSignals signals, HostStatusLine line) implements ServiceState {

  @Override
  public String status() {
    var text = PrintableText.line(line.text(host.running().size()));
    if (isStopping()) {
      return "Stopping: " + text;
    }
    return signals.signal() == null ? text : "Finishing what is due: " + text;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public boolean isStopping() {
    return signals.leavesQueue();
  }

  @Override
  public List<String> stuck() {
    return host.stuckThreads();
  }
}
