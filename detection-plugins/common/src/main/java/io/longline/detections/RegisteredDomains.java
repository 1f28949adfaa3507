package io.longline.detections;

import static java.nio.charset.StandardCharsets.UTF_8;

import crawlercommons.domains.EffectiveTldFinder;
import org.jspecify.annotations.Nullable;

/**
 * Finds the registered domain of a name: the label below its public suffix, with that suffix, as
 * {@code example.co.uk} of {@code www.example.co.uk}. Immutable.
 *
 * <p>The rules are those of the public suffix list (publicsuffix.org/list), in the version that
 * comes with crawler-commons, those of private owners included: {@code a.github.io} and {@code
 * b.github.io} are two registered domains. Under a top-level domain that the list does not have,
 * the label below it counts.
 *
 * <p>A look-up makes no object, and reads as many labels from the right as the longest rule needs.
 * Names are bytes as they stand in a log, in any case; a name of more than {@value #MAX_NAME} bytes
 * is none.
 */
public final class RegisteredDomains {

  /**
   * More than any name has in the DNS, which allows 255, even if each byte is shown as an escape.
   */
  public static final int MAX_NAME = 1024;

  private final SuffixRules rules;

  private RegisteredDomains(SuffixRules rules) {
    this.rules = rules;
  }

  private static final class Bundled {
    static final RegisteredDomains DOMAINS = new RegisteredDomains(rules());

    private static SuffixRules rules() {
      var rules = new SuffixRules();
      for (var rule : EffectiveTldFinder.getEffectiveTLDs().values()) {
        int kind = rule.isWildcard() ? SuffixRules.WILDCARD : SuffixRules.PLAIN;
        for (var name : rule.getNameVariants()) {
          rules.add(name, rule.isException() ? SuffixRules.EXCEPTION : kind);
        }
      }
      return rules;
    }
  }

  /** Those of the public suffix list that comes with this program; it is read at the first call. */
  public static RegisteredDomains bundled() {
    return Bundled.DOMAINS;
  }

  /**
   * The registered domain of a name, in small letters.
   *
   * @return null if it has none: it is a public suffix itself, an address, or no name
   */
  public @Nullable String of(String name) {
    if (name.length() > MAX_NAME) {
      return null;
    }
    var bytes = name.getBytes(UTF_8);
    int start = start(bytes, bytes.length);
    return start < 0 ? null : lowerCase(new String(bytes, start, end(bytes) - start, UTF_8));
  }

  /**
   * Where the registered domain of a name starts. It ends with the name, before the dot that a name
   * may end with.
   *
   * @param name its bytes, in UTF-8 or not
   * @param length how many of the bytes are the name
   * @return -1 if the name has none: it is a public suffix itself, an address, or no name
   */
  public int start(byte[] name, int length) {
    int end = length > 0 && name[length - 1] == '.' ? length - 1 : length;
    if (end == 0 || length > MAX_NAME || name[0] == '.' || isNumber(name, end)) {
      return -1;
    }
    return startBelowSuffix(name, end);
  }

  /** By the list's algorithm, the suffix is one label where no rule matches. */
  private int startBelowSuffix(byte[] name, int end) {
    long hash = SuffixRules.NO_HASH;
    int suffix = 1;
    int below = -1;
    boolean isWildcard = false;
    int labelEnd = end;
    for (int labels = 1; labels <= rules.mostLabels() + 1 && labelEnd > 0; labels++) {
      int start = labelStart(name, labelEnd);
      if (start == labelEnd) {
        break;
      }
      hash = SuffixRules.hash(hash, name, start, labelEnd);
      int kind = rules.kind(hash, name, start, end);
      if ((kind & SuffixRules.EXCEPTION) != 0) {
        return start;
      }
      if (labels == suffix + 1) {
        below = start;
      }
      if (isWildcard || (kind & SuffixRules.PLAIN) != 0) {
        suffix = labels;
        below = -1;
      }
      isWildcard = (kind & SuffixRules.WILDCARD) != 0;
      hash = SuffixRules.hash(hash, (byte) '.');
      labelEnd = start - 1;
    }
    return below;
  }

  private static int labelStart(byte[] name, int labelEnd) {
    int start = labelEnd;
    while (start > 0 && name[start - 1] != '.') {
      start--;
    }
    return start;
  }

  /** Whether the last label is a number, as in an IPv4 address; no top-level domain is one. */
  private static boolean isNumber(byte[] name, int end) {
    int i = end;
    while (i > 0 && name[i - 1] >= '0' && name[i - 1] <= '9') {
      i--;
    }
    return i < end && (i == 0 || name[i - 1] == '.');
  }

  private static int end(byte[] name) {
    return name[name.length - 1] == '.' ? name.length - 1 : name.length;
  }

  /** Only ASCII letters, as the DNS does it. */
  private static String lowerCase(String text) {
    var chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      if (chars[i] >= 'A' && chars[i] <= 'Z') {
        chars[i] = (char) (chars[i] + 'a' - 'A');
      }
    }
    return new String(chars);
  }
}
