package io.longline.plugins.indicators;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The indicators that a value of a record is among. Confined to one thread. */
final class Match {

  private static final int MOST_DESCRIPTIONS = 5;

  private final Set<String> types = new TreeSet<>();
  private final Set<String> sources = new TreeSet<>();
  private final Set<String> descriptions = new LinkedHashSet<>();
  private final List<Origin> notices = new ArrayList<>();
  private boolean isWhitelisted;
  private boolean hasPort;

  void add(IndicatorType type, Origin origin) {
    types.add(type.zeekName());
    sources.add(origin.source());
    if (!origin.description().isEmpty() && descriptions.size() < MOST_DESCRIPTIONS) {
      descriptions.add(origin.description());
    }
    if (origin.notice()) {
      notices.add(origin);
    }
    isWhitelisted |= origin.whitelist();
    hasPort |= type == IndicatorType.ADDR_PORT;
  }

  /** The names in Zeek of the types that matched, sorted. */
  Set<String> types() {
    return types;
  }

  /** The sources, sorted. */
  Set<String> sources() {
    return sources;
  }

  /** What sources say about it. */
  Set<String> descriptions() {
    return descriptions;
  }

  /** Whether a source says that such a match is to be suppressed. */
  boolean isWhitelisted() {
    return isWhitelisted;
  }

  /** Whether an indicator with a port is among them. */
  boolean hasPort() {
    return hasPort;
  }

  /** Whether a source asks for attention if it is seen there. */
  boolean isNotice(String where) {
    return notices.stream().anyMatch(each -> each.isNotice(where));
  }
}
