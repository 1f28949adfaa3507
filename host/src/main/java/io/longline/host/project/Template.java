package io.longline.host.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file with places to fill in. Immutable.
 *
 * <ul>
 *   <li><code>{{name}}</code> is replaced by the value of that name. Where a value has several
 *       lines, each is indented as the first.
 *   <li><code>{{#name}}text{{/name}}</code> stays if the value is not empty, <code>
 *       {{^name}}text{{/name}}</code> if it is. A mark that is alone on its line leaves no line.
 * </ul>
 *
 * @param text the text of the file
 */
record Template(String text) {

  private static final Pattern MARK_ON_ITS_LINE = Pattern.compile("(?m)^ *(\\{\\{[#^/]\\w+}})\\n");
  private static final Pattern SECTION =
      Pattern.compile("\\{\\{([#^])(\\w+)}}(.*?)\\{\\{/\\2}}", Pattern.DOTALL);
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  /**
   * The template in a file beside this class.
   *
   * @throws IllegalStateException if there is none
   */
  static Template in(String file) {
    try (InputStream in = Template.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("There is no template " + file + ".");
      }
      return new Template(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a word stands anywhere in it. */
  boolean mentions(String word) {
    return Pattern.compile("\\b" + Pattern.quote(word) + "\\b").matcher(text).find();
  }

  /**
   * The text with all places filled in.
   *
   * @throws IllegalArgumentException if a value is missing
   */
  String fill(Map<String, String> values) {
    var filled =
        SECTION
            .matcher(MARK_ON_ITS_LINE.matcher(text).replaceAll("$1"))
            .replaceAll(
                section -> {
                  boolean isEmpty = value(values, section.group(2)).isEmpty();
                  boolean stays = isEmpty == section.group(1).equals("^");
                  return Matcher.quoteReplacement(stays ? section.group(3) : "");
                });
    return PLACE
        .matcher(filled)
        .replaceAll(
            place -> {
              var indent = indent(filled, place.start());
              var value = value(values, place.group(1));
              return Matcher.quoteReplacement(value.replace("\n", "\n" + indent));
            });
  }

  /** The blanks that the line of a position begins with. */
  private static String indent(String text, int position) {
    int start = text.lastIndexOf('\n', position) + 1;
    int end = start;
    while (text.charAt(end) == ' ') {
      end++;
    }
    return text.substring(start, end);
  }

  private static String value(Map<String, String> values, String name) {
    var value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("There is no value for {{" + name + "}}.");
    }
    return value;
  }
}
