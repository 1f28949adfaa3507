package io.longline.host.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of classes in a services file or another index of a jar. {@code #} starts a comment, as
 * for ServiceLoader; unlike that, a mark of UTF-8 at the start of the file does no harm, and a line
 * that is wrong keeps no other from being used. Immutable.
 *
 * @param names the names, each once
 * @param mistakes what is wrong with the other lines; none most often
 */
record IndexNames(List<String> names, List<Mistake> mistakes) {

  /** The largest index, in bytes. */
  static final int MAX_BYTES = 1 << 20;

  private static final int MAX_NAMES = 1_000;
  private static final int MAX_NAME = 500;
  private static final int MAX_SHOWN = 80;
  private static final int MAX_MISTAKES = 5;

  private static final Pattern SEVERAL = Pattern.compile("[\\w.$]+[\\s,;]+[\\w.$].*");
  private static final Pattern WITH_SLASHES = Pattern.compile("[\\w$/]+");

  /**
   * A line that is not the name of a class.
   *
   * @param sentence what is wrong
   * @param remedy what to do
   */
  record Mistake(String sentence, String remedy) {}

  IndexNames {
    names = List.copyOf(names);
    mistakes = List.copyOf(mistakes);
  }

  /**
   * Reads an index.
   *
   * @param file the name of the index, for people
   * @throws JarLimitException if it has too many names
   */
  static IndexNames parse(String file, byte[] bytes) throws JarLimitException {
    if (isUtf16(bytes)) {
      return new IndexNames(
          List.of(), List.of(new Mistake(file + " is in UTF-16.", "Write the file in UTF-8.")));
    }
    var text = new String(bytes, UTF_8);
    var lines = (text.startsWith("\ufeff") ? text.substring(1) : text).lines().toList();
    var names = new LinkedHashSet<String>();
    var mistakes = new ArrayList<Mistake>();
    for (int i = 0; i < lines.size(); i++) {
      var name = lines.get(i).split("#", 2)[0].strip();
      var remedy = name.isEmpty() ? null : remedyFor(name);
      if (remedy != null) {
        mistakes.add(mistake(file, i + 1, name, remedy));
      } else if (!name.isEmpty()) {
        names.add(name);
      }
      if (names.size() > MAX_NAMES) {
        throw new JarLimitException(
            "%s has more than the %d names that are read.".formatted(file, MAX_NAMES));
      }
    }
    int shown = Math.min(mistakes.size(), MAX_MISTAKES);
    return new IndexNames(List.copyOf(names), mistakes.subList(0, shown));
  }

  private static boolean isUtf16(byte[] bytes) {
    int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    return mark == 0xfeff || mark == 0xfffe;
  }

  private static Mistake mistake(String file, int line, String name, String remedy) {
    var shown = name.length() > MAX_SHOWN ? name.substring(0, MAX_SHOWN) + "…" : name;
    return new Mistake(
        "Line %d of %s is \"%s\", which is not the name of a class.".formatted(line, file, shown),
        remedy);
  }

  /** What to write instead of a name; null if it can be one. */
  private static @Nullable String remedyFor(String name) {
    if (isClassName(name)) {
      return null;
    }
    if (name.length() <= MAX_NAME && SEVERAL.matcher(name).matches()) {
      return "Write each name on a line of its own.";
    }
    if (name.indexOf('/') > 0 && WITH_SLASHES.matcher(name).matches()) {
      return "Write the name with dots.";
    }
    return "Write the name of a class, such as org.example.MyHook, in UTF-8.";
  }

  /** As ServiceLoader decides it, and without characters that cannot be seen. */
  private static boolean isClassName(String name) {
    return name.length() <= MAX_NAME
        && Character.isJavaIdentifierStart(name.codePointAt(0))
        && !name.endsWith(".")
        && name.codePoints()
            .allMatch(
                c ->
                    c == '.'
                        || Character.isJavaIdentifierPart(c)
                            && !Character.isIdentifierIgnorable(c));
  }
}
