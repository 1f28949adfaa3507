package io.longline.host.work;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Takes secrets out of texts that people and files get to see. Immutable. */
public final class SecretMask {

  private static final String MASK = "(secret)";

  /** The longest first, since one may be part of another. */
  private final List<String> secrets;

  /** Takes out these. */
  public SecretMask(List<String> secrets) {
    this.secrets =
        secrets.stream()
            // What is printed line by line is to be found too.
            .flatMap(secret -> Stream.concat(Stream.of(secret), secret.lines()))
            .filter(secret -> !secret.isBlank())
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** The text without secrets. */
  public String masked(String text) {
    var masked = text;
    for (var secret : secrets) {
      masked = masked.replace(secret, MASK);
    }
    return masked;
  }
}
