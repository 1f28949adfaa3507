package io.longline.detections;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The entries of one allow list, by what they match. Filled once, then only read. */
final class ListEntries {

  private static final int LONGEST_ADDRESS = 45;

  private final AddressRanges.Builder subnets = new AddressRanges.Builder();
  private final Set<String> texts = new HashSet<>();

  /** Names that stand for themselves and those under them. */
  private final Set<String> names = new HashSet<>();

  private final List<String> parts = new ArrayList<>();
  private final List<Pattern> patterns = new ArrayList<>();
  private AddressRanges addresses = AddressRanges.NONE;

  /** Adds a subnet or address; false if the text is neither. */
  boolean addSubnet(String text) {
    return subnets.add(text);
  }

  /** Adds a text that is compared as a whole. */
  void addText(String text) {
    texts.add(lower(text));
  }

  /** Adds a name, with all names under it. */
  void addName(String name) {
    var bare = lower(name);
    while (bare.startsWith(".") || bare.startsWith("*.")) {
      bare = bare.substring(bare.indexOf('.') + 1);
    }
    names.add(withoutLastDot(bare));
  }

  /** Adds a text that may stand anywhere in a value. */
  void addPart(String part) {
    parts.add(lower(part));
  }

  /**
   * Adds an expression that a value must have in it; slashes around it, with modifiers behind them
   * as in PHP, do not count. Case does not matter.
   *
   * @return false if it is none that can be evaluated in linear time
   */
  boolean addPattern(String text) {
    int end = text.lastIndexOf('/');
    var bare = text.startsWith("/") && end > 0 ? text.substring(1, end) : text;
    try {
      patterns.add(Pattern.compile(bare, Pattern.CASE_INSENSITIVE));
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  /** Ends the filling. */
  void complete() {
    addresses = subnets.build();
  }

  /** Whether a value is among the entries. */
  boolean contains(SeenKind kind, String value) {
    var text = lower(value);
    if (kind == SeenKind.ADDRESS && containsAddress(text)) {
      return true;
    }
    return texts.contains(text)
        || (!names.isEmpty() && containsName(kind, text))
        || parts.stream().anyMatch(text::contains)
        || patterns.stream().anyMatch(pattern -> pattern.matcher(value).find());
  }

  private boolean containsAddress(String text) {
    if (addresses.isEmpty() || text.length() > LONGEST_ADDRESS) {
      return false;
    }
    var address = new byte[Addresses.V6];
    return addresses.contains(address, Addresses.parse(text, address));
  }

  private boolean containsName(SeenKind kind, String text) {
    var name = withoutLastDot(kind == SeenKind.URL ? host(text) : text);
    if (kind == SeenKind.EMAIL) {
      name = name.substring(name.indexOf('@') + 1);
    }
    for (int dot = -1; ; ) {
      if (names.contains(name.substring(dot + 1))) {
        return true;
      }
      dot = name.indexOf('.', dot + 1);
      if (dot < 0) {
        return false;
      }
    }
  }

  private static String host(String url) {
    int scheme = url.indexOf("://");
    int from = scheme < 0 ? 0 : scheme + 3;
    int to = from;
    while (to < url.length() && "/:?#".indexOf(url.charAt(to)) < 0) {
      to++;
    }
    return url.substring(from, to);
  }

  private static String withoutLastDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
