package io.longline.zeek;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known name that somebody may have meant. */
@Internal
public final class NearestName {

  private NearestName() {}

  /** The known name that is nearest, or that is followed by a dot; empty if none is near. */
  public static Optional<String> of(String name, Collection<String> known) {
    var prefix = known.stream().filter(each -> name.startsWith(each + ".")).findFirst();
    if (prefix.isPresent()) {
      return prefix;
    }
    int most = Math.max(2, name.length() / 3);
    return known.stream()
        // Names come from logs too, and may be of any length.
        .filter(each -> Math.abs(each.length() - name.length()) <= most)
        .filter(each -> distance(name, each) <= most)
        .min(Comparator.comparingInt(each -> distance(name, each)));
  }

  /** A question that offers the nearest known name, after a space; empty if none is near. */
  public static String question(String name, Collection<String> known) {
    return of(name, known).map(each -> " Did you mean " + each + "?").orElse("");
  }

  /** How many letters must be added, removed or changed (Levenshtein). */
  private static int distance(String a, String b) {
    var row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
