package io.longline.host.trust;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The text of {@code plugins.lock}: TOML 1.0, of which only what is written here is read: comments,
 * tables {@code [[plugin]]}, and a key with a basic string or true or false on each line. A host
 * reads it at each start, and a program that embeds one may have no parser for all of TOML.
 * Confined to one thread.
 */
final class LockText {

  private static final String HEADER =
      """
      # The jars that were installed into this folder, written by "longline plugins".
      # With plugins.trust = "pinned" no other jar is loaded. To record what lies here:
      # longline plugins lock --all
      """;

  private static final String TABLE = "[[plugin]]";
  private static final Pattern LINE =
      Pattern.compile("(\\w+)\\s*=\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|true|false)\\s*(#.*)?");
  private static final Set<String> TEXTS =
      Set.of("id", "version", "sha256", "origin", "signer", "time");
  private static final String PINNED = "pinned";

  private final List<LockedPlugin> plugins = new ArrayList<>();
  private final Map<String, String> table = new LinkedHashMap<>();
  private int number;
  private int tableAt;

  private LockText() {}

  /**
   * Reads a text.
   *
   * @throws LockSyntaxException if it is not the text of a lock
   */
  static List<LockedPlugin> parse(String text) throws LockSyntaxException {
    var reading = new LockText();
    for (var line : text.lines().toList()) {
      reading.number++;
      reading.take(line.strip());
    }
    reading.end();
    return reading.plugins;
  }

  private void take(String line) throws LockSyntaxException {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    if (line.equals(TABLE)) {
      end();
      tableAt = number;
      return;
    }
    var match = LINE.matcher(line);
    if (!match.matches() || tableAt == 0) {
      throw new LockSyntaxException(number, "write [[plugin]], or a line such as id = \"name\"");
    }
    var key = match.group(1);
    var value = match.group(2);
    if (value.startsWith("\"") != TEXTS.contains(key)
        || !TEXTS.contains(key) && !key.equals(PINNED)) {
      throw new LockSyntaxException(
          number, "there is no key " + key + ", or its value is of another kind");
    }
    if (table.putIfAbsent(key, value) != null) {
      throw new LockSyntaxException(number, key + " is there twice");
    }
  }

  private void end() throws LockSyntaxException {
    if (tableAt == 0) {
      return;
    }
    try {
      plugins.add(
          new LockedPlugin(
              text("id"),
              text("version"),
              text("sha256"),
              text("origin"),
              text("signer"),
              Instant.parse(text("time")),
              "true".equals(table.get(PINNED))));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new LockSyntaxException(tableAt, "the entry cannot be used: " + e.getMessage());
    }
    table.clear();
  }

  private String text(String key) {
    var quoted = table.getOrDefault(key, "\"\"");
    return unescaped(quoted.substring(1, quoted.length() - 1));
  }

  private static String unescaped(String text) {
    var plain = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      char kind = text.charAt(++at);
      switch (kind) {
        case '"', '\\' -> plain.append(kind);
        case 'u' -> {
          if (at + 4 >= text.length()) {
            throw new IllegalArgumentException("\\u is not followed by four digits");
          }
          plain.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
          at += 4;
        }
        default -> throw new IllegalArgumentException("\\" + kind + " is not known here");
      }
    }
    return plain.toString();
  }

  /** The text of these entries. */
  static String of(List<LockedPlugin> plugins) {
    var text = new StringBuilder(HEADER);
    for (var plugin : plugins) {
      text.append('\n').append(TABLE).append('\n');
      add(text, "id", plugin.id());
      add(text, "version", plugin.version());
      add(text, "sha256", plugin.sha256());
      add(text, "origin", plugin.origin());
      add(text, "signer", plugin.signer());
      add(text, "time", plugin.time().toString());
      if (plugin.isPinned()) {
        text.append(PINNED).append(" = true\n");
      }
    }
    return text.toString();
  }

  private static void add(StringBuilder text, String key, String value) {
    if (value.isEmpty()) {
      return;
    }
    text.append(key).append(" = \"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (Character.isISOControl(c)) {
        text.append("\\u%04x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    text.append("\"\n");
  }
}
