package io.longline.plugins.sigma;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The kind of log that a rule is for. Immutable.
 *
 * @param category a kind of log of any product, such as {@code proxy}; null for none
 * @param product such as {@code zeek}; null for none
 * @param service such as {@code dns}; null for none
 */
record LogSource(@Nullable String category, @Nullable String product, @Nullable String service) {

  private static final String ZEEK = "zeek";

  /** Zeek's logs for categories that are not of one product. */
  private static final Map<String, String> CATEGORIES =
      Map.of("dns", "dns", "proxy", "http", "webserver", "http", "firewall", "conn");

  /** The log source of a document. */
  static LogSource of(Map<?, ?> document) throws RuleException {
    var map = Maps.map(document, "logsource");
    return new LogSource(lower(map, "category"), lower(map, "product"), lower(map, "service"));
  }

  private static @Nullable String lower(Map<?, ?> map, String key) {
    var text = Maps.text(map, key);
    return text == null || text.isEmpty() ? null : text.toLowerCase(Locale.ROOT);
  }

  /** The log of Zeek that this is; none if Zeek has none. */
  Optional<String> zeekLog() {
    if (ZEEK.equals(product) && service != null) {
      return Optional.of(service);
    }
    boolean isOfOther = service != null || (product != null && !ZEEK.equals(product));
    return isOfOther || category == null
        ? Optional.empty()
        : Optional.ofNullable(CATEGORIES.get(category));
  }

  /** Whether another log source is this one or a kind of it. */
  boolean includes(LogSource other) {
    return includes(category, other.category)
        && includes(product, other.product)
        && includes(service, other.service);
  }

  private static boolean includes(@Nullable String wide, @Nullable String narrow) {
    return wide == null || Objects.equals(wide, narrow);
  }

  @Override
  public String toString() {
    return String.join(
        "/",
        Objects.requireNonNullElse(product, "*"),
        Objects.requireNonNullElse(category, "*"),
        Objects.requireNonNullElse(service, "*"));
  }
}
