package io.longline.host.settings;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Removes secrets from texts for people and files, in each form that programs usually give them:
 * see {@link SecretForm}. Thread-safe. It takes time for each character of a text and each secret.
 */
public final class SecretMask {

  private static final String MASK = "(secret)";

  /** A shorter line of a secret would be found in every other word. */
  private static final int MIN_LINE = 4;

  private volatile List<SecretForm> forms = List.of();

  /** Removes these. */
  public SecretMask(List<String> secrets) {
    add(secrets);
  }

  /** Removes these too, from now on. */
  public final synchronized void add(Collection<String> more) {
    forms =
        Stream.concat(
                forms.stream(),
                more.stream().flatMap(SecretMask::texts).distinct().flatMap(SecretForm::of))
            .distinct()
            .toList();
  }

  /** The secret itself, and its lines. */
  private static Stream<String> texts(String secret) {
    return Stream.concat(
            Stream.of(secret), secret.lines().filter(line -> line.strip().length() >= MIN_LINE))
        .filter(text -> !text.isBlank());
  }

  /** The text without secrets. */
  public String masked(String text) {
    var all = forms;
    if (all.isEmpty()) {
      return text;
    }
    var masked = new StringBuilder();
    int kept = 0;
    for (int at = 0; at < text.length(); at++) {
      int start = at;
      int end = at;
      for (var form : all) {
        int formEnd = form.end(text, at);
        if (formEnd > end) {
          end = formEnd;
          start = form.start(text, at, kept);
        }
      }
      if (end > at) {
        masked.append(text, kept, start).append(MASK);
        kept = end;
        at = end - 1;
      }
    }
    return kept == 0 ? text : masked.append(text, kept, text.length()).toString();
  }
}
