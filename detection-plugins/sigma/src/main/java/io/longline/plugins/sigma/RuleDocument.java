package io.longline.plugins.sigma;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document of a rule file whose header could be read. Immutable.
 *
 * @param header what it says about itself
 * @param yaml the document
 * @param source its log source
 * @param log the log of Zeek that this is; null if Zeek has none
 */
record RuleDocument(RuleHeader header, Map<?, ?> yaml, LogSource source, @Nullable String log) {

  static final String CORRELATION = "correlation";
  static final String FILTER = "filter";

  boolean isCorrelation() {
    return yaml.containsKey(CORRELATION);
  }

  boolean isFilter() {
    return yaml.containsKey(FILTER);
  }
}
