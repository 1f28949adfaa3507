package io.longline.host.project;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The name of a plugin, from which the names in its project follow: {@code dns-queries} is in the
 * folder {@code dns-queries}, its class is {@code DnsQueries}, and it writes {@code dns_queries}.
 * Immutable.
 *
 * @param id words of lower-case letters and digits, each beginning with a letter, with hyphens
 *     between them
 */
public record PluginName(String id) {

  // A word that begins with a digit would look like a version in the name of the jar.
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*");

  /**
   * Takes a name as the user wrote it.
   *
   * @throws ProjectException if it cannot be used; the message says why, and which name can be
   */
  public static PluginName of(String text) throws ProjectException {
    if (!ID.matcher(text).matches()) {
      var usable = usable(text);
      throw new ProjectException(
          "The name \"%s\" cannot be used: write words of lower-case letters and digits, each beginning with a letter, with hyphens between them%s."
              .formatted(text, usable.isEmpty() ? ", such as dns-queries" : ", such as " + usable));
    }
    return new PluginName(text);
  }

  /** A name close to a text; empty if there is none. */
  private static String usable(String text) {
    var words =
        text.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("-(?=\\d)", "")
            .replaceAll("^[0-9-]+|-+$", "");
    return ID.matcher(words).matches() ? words : "";
  }

  /** The simple name of the hook's class. */
  String className() {
    return Arrays.stream(id.split("-", -1))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }

  /** The name of the output. */
  public String output() {
    return id.replace('-', '_');
  }

  /** The package, unless the user names another. */
  public String defaultPackage() {
    return "org.example." + id.replace("-", "");
  }
}
