package io.longline.host.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes secrets from texts for people and files. Thread-safe. */
public final class SecretMask {

  private static final String MASK = "(secret)";

  /** The longest first, since one may contain another. */
  private volatile List<String> secrets = List.of();

  /** Removes these. */
  public SecretMask(List<String> secrets) {
    add(secrets);
  }

  /** Removes these too, from now on. */
  public final synchronized void add(Collection<String> more) {
    secrets =
        Stream.concat(secrets.stream(), more.stream().flatMap(SecretMask::forms))
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

  /** The secret itself, its lines, and its forms in a URL or a header. */
  private static Stream<String> forms(String secret) {
    var bytes = secret.getBytes(UTF_8);
    return Stream.concat(
        secret.lines(),
        Stream.of(
            secret,
            URLEncoder.encode(secret, UTF_8),
            URLEncoder.encode(secret, UTF_8).replace("+", "%20"),
            Base64.getEncoder().encodeToString(bytes)));
  }
}
