package io.longline.host.app;

import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts the log directories of a host. Confined to the lock of {@link SummaryCollector}. */
final class DirectoryCount implements EventSink {

  private final Set<Path> abandoned = new LinkedHashSet<>();
  private final Set<Path> waiting = new HashSet<>();
  private final List<Path> withoutLogs = new ArrayList<>();
  private final Map<Path, String> unavailable = new TreeMap<>();
  private int accepted;
  private int finished;
  private int namedAgain;
  private int doneBefore;

  @Override
  public void accept(HostEvent event) {
    if (event instanceof HostEvent.BatchAccepted) {
      accepted++;
    } else if (event instanceof HostEvent.BatchFinished end) {
      finish(end);
    } else if (event instanceof HostEvent.BatchUnavailable batch) {
      KeptEntries.put(unavailable, batch.directory(), batch.why());
    } else if (event instanceof HostEvent.BatchAbandoned left) {
      abandoned.add(left.directory());
    } else if (event instanceof HostEvent.BatchNamedAgain) {
      namedAgain++;
    } else if (event instanceof HostEvent.BatchKnown) {
      doneBefore++;
    } else if (event instanceof HostEvent.FolderWithoutLogs folder
        && withoutLogs.size() < KeptEntries.MOST) {
      withoutLogs.add(folder.folder());
    }
  }

  private void finish(HostEvent.BatchFinished end) {
    unavailable.remove(end.directory());
    // A batch that waited for a hook, and is done now, was counted before.
    if (!waiting.remove(end.directory())) {
      finished++;
    }
    if (end.waitsForHooks()) {
      waiting.add(end.directory());
    }
  }

  HostSummary.Directories counted() {
    return new HostSummary.Directories(
        accepted,
        finished,
        List.copyOf(abandoned),
        namedAgain,
        doneBefore,
        waiting.size(),
        List.copyOf(withoutLogs),
        new TreeMap<>(unavailable));
  }
}
