package io.longline.host.plugins;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Compares versions of plugins, by the rules of semantic versions, also those that people write
 * otherwise: {@code 1.0}, {@code 2.1-SNAPSHOT}, {@code 1.0.0.RELEASE}.
 *
 * <p>Parts that are missing count as 0; what follows a hyphen makes a version older ({@code
 * 1.0.0-rc.1} comes before {@code 1.0.0}); what follows a plus sign counts for nothing.
 */
public final class Versions {

  private static final Pattern VERSION = Pattern.compile("\\d[0-9A-Za-z.+_-]*");
  private static final Pattern PART = Pattern.compile("\\d+|[A-Za-z_]+");

  private Versions() {}

  /** Whether a text can be used as a version, and as a part of a file's name. */
  static boolean isVersion(String text) {
    return VERSION.matcher(text).matches();
  }

  /** Compares two versions; the newer one is the greater one. */
  public static int compare(String one, String other) {
    var release = compare(parts(release(one)), parts(release(other)), "0");
    if (release != 0) {
      return release;
    }
    var before = preRelease(one);
    var otherBefore = preRelease(other);
    if (before.isEmpty() || otherBefore.isEmpty()) {
      return Boolean.compare(before.isEmpty(), otherBefore.isEmpty());
    }
    return compare(parts(before), parts(otherBefore), "");
  }

  private static String withoutBuild(String version) {
    return version.split("\\+", 2)[0];
  }

  private static String release(String version) {
    return withoutBuild(version).split("-", 2)[0];
  }

  /** What makes it older than the release; empty for a release. */
  private static String preRelease(String version) {
    var both = withoutBuild(version).split("-", 2);
    return both.length == 1 ? "" : both[1];
  }

  private static List<String> parts(String text) {
    return PART.matcher(text).results().map(MatchResult::group).toList();
  }

  private static int compare(List<String> parts, List<String> others, String missing) {
    int result = 0;
    for (int i = 0; result == 0 && i < Math.max(parts.size(), others.size()); i++) {
      result =
          comparePart(
              i < parts.size() ? parts.get(i) : missing,
              i < others.size() ? others.get(i) : missing);
    }
    return result;
  }

  /** Numbers come before words, and nothing before both. */
  private static int comparePart(String one, String other) {
    boolean isNumber = isNumber(one);
    if (isNumber && isNumber(other)) {
      return new BigInteger(one).compareTo(new BigInteger(other));
    }
    if (one.isEmpty() || other.isEmpty()) {
      return Boolean.compare(!one.isEmpty(), !other.isEmpty());
    }
    return isNumber == isNumber(other) ? one.compareTo(other) : isNumber ? -1 : 1;
  }

  private static boolean isNumber(String part) {
    return !part.isEmpty() && Character.isDigit(part.charAt(0));
  }
}
