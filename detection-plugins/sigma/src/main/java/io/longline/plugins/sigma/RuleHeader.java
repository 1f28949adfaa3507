package io.longline.plugins.sigma;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says about itself. Immutable.
 *
 * @param id its id; null if it has none
 * @param name the name by which correlations refer to it; null if it has none
 * @param title its title
 * @param level how critical it is
 * @param status such as {@code stable}; null if it has none
 * @param tags its tags
 * @param file the file that it is in, for messages
 */
record RuleHeader(
    @Nullable String id,
    @Nullable String name,
    String title,
    Level level,
    @Nullable String status,
    List<String> tags,
    String file) {

  private static final int MAX_TITLE = 256;

  RuleHeader {
    tags = List.copyOf(tags);
  }

  /** The header of a document. */
  static RuleHeader of(Map<?, ?> document, String file) throws RuleException {
    var title = Objects.requireNonNullElse(Maps.text(document, "title"), "");
    var id = Maps.text(document, "id");
    var name = Maps.text(document, "name");
    if (title.isEmpty() && id == null && name == null) {
      throw new RuleException("a document has no title");
    }
    return new RuleHeader(
        id,
        name,
        title.length() > MAX_TITLE ? title.substring(0, MAX_TITLE) + "…" : title,
        Level.of(Maps.text(document, "level")),
        Maps.text(document, "status"),
        Maps.texts(document, "tags"),
        file);
  }

  /** Its id, or else its name or title. */
  String key() {
    return id != null ? id : name != null ? name : title;
  }

  /** Whether this is its id, name or title. */
  boolean isNamed(String text) {
    return text.equalsIgnoreCase(id) || text.equals(name) || text.equals(title);
  }

  /** The file, the title and the id. */
  @Override
  public String toString() {
    return "%s: the rule \"%s\"%s".formatted(file, title, id == null ? "" : " (" + id + ")");
  }
}
