package io.longline.plugins.firstseen;

import io.longline.api.HookContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The findings of a window: of each kind the latest, since the earlier ones were there when the
 * window was written before. Confined to one call.
 */
final class LatestNews {

  /** How many findings a kind may have. */
  private static final int MOST = 5_000;

  private final Map<Kind, PriorityQueue<News>> latest = new EnumMap<>(Kind.class);
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

  void add(News news) {
    counts.merge(news.kind(), 1L, Long::sum);
    var ofKind = latest.computeIfAbsent(news.kind(), any -> new PriorityQueue<>(News.EARLIEST));
    ofKind.add(news);
    if (ofKind.size() > MOST) {
      ofKind.remove();
    }
  }

  /** Writes the findings, the earliest first, and reports how many are left out. */
  void writeTo(HookContext context) throws IOException {
    var all = new ArrayList<News>();
    latest.values().forEach(all::addAll);
    all.sort(News.EARLIEST);
    for (var news : all) {
      context.finding(news.finding());
    }
    counts.forEach(
        (kind, count) -> {
          if (count > MOST) {
            context.warn(
                "%,d values of the kind %s are new; the latest %,d are findings, and all are in first_seen. A kind with so many says little: leave it out of the setting alerts."
                    .formatted(count, kind.word(), MOST));
          }
        });
  }
}
