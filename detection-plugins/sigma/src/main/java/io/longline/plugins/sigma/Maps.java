package io.longline.plugins.sigma;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks things up in the maps of a YAML document. */
final class Maps {

  private Maps() {}

  /** A text, or a number as text; null if there is none. */
  static @Nullable String text(Map<?, ?> map, String key) {
    var value = map.get(key);
    return value == null || value instanceof Map || value instanceof Collection
        ? null
        : value.toString().strip();
  }

  /** A text that has to be there. */
  static String required(Map<?, ?> map, String key) throws RuleException {
    var text = text(map, key);
    if (text == null || text.isEmpty()) {
      throw new RuleException("\"" + key + "\" is missing");
    }
    return text;
  }

  /** A list of texts, or a single one; empty if there is none. */
  static List<String> texts(Map<?, ?> map, String key) {
    var value = map.get(key);
    var texts = new ArrayList<String>();
    if (value instanceof Collection<?> list) {
      list.forEach(each -> texts.add(String.valueOf(each).strip()));
    } else if (value != null) {
      texts.add(value.toString().strip());
    }
    return texts;
  }

  /**
   * A map; empty if there is none.
   *
   * @throws RuleException if it is something else
   */
  static Map<?, ?> map(Map<?, ?> map, String key) throws RuleException {
    var value = map.get(key);
    if (value != null && !(value instanceof Map)) {
      throw new RuleException("\"" + key + "\" is not a map");
    }
    return value instanceof Map<?, ?> found ? found : Map.of();
  }
}
