package io.longline.host.configuration;

import io.longline.zeek.NearestName;
import java.util.Collection;
import java.util.TreeSet;

/** What to say of the id of a hook or of a plugin that nothing has. */
public final class UnknownHook {

  private UnknownHook() {}

  /**
   * The id, the one that may have been meant, and all that there are.
   *
   * @param hooks the ids of the hooks; those of their plugins are added
   */
  public static String sentence(String id, Collection<String> hooks) {
    var known = new TreeSet<String>();
    for (var hook : hooks) {
      known.add(hook);
      known.add(hook.substring(0, Math.max(0, hook.indexOf('/'))));
    }
    known.remove("");
    return "There is no hook or plugin %s.%s There are: %s."
        .formatted(id, question(id, known), String.join(", ", known));
  }

  /** The class of a hook counts as its name too. */
  private static String question(String id, Collection<String> known) {
    return known.stream()
        .filter(each -> each.endsWith("/" + id))
        .findFirst()
        .map(each -> " Did you mean " + each + "?")
        .orElseGet(() -> NearestName.question(id, known));
  }
}
