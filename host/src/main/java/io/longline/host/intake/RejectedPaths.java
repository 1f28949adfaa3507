package io.longline.host.intake;

import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.event.PrintableText;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports paths that cannot be used: each once, until it can be used again. Confined to one thread.
 */
final class RejectedPaths {

  /** Nobody who named the path waits for an answer, so the log has it. */
  private static final Logger LOG = LoggerFactory.getLogger("longline");

  private final EventSink events;
  private final Set<Path> reported = new HashSet<>();

  /** Reports to this sink. */
  RejectedPaths(EventSink events) {
    this.events = events;
  }

  /** Reports a path, unless that was done before. */
  void reject(Path path, String reason) {
    reject(path, path.toString(), reason);
  }

  /**
   * Reports a path, unless that was done before.
   *
   * @param shown the path for people
   */
  void reject(Path path, String shown, String reason) {
    if (reported.add(path)) {
      LOG.warn("{}: {}", PrintableText.line(shown), PrintableText.line(reason));
      events.accept(new HostEvent.PathRejected(shown, reason));
    }
  }

  /** Notes that a path can be used, so that it is reported when it cannot be used any more. */
  void remove(Path path) {
    reported.remove(path);
  }
}
