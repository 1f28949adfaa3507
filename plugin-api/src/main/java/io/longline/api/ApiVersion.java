package io.longline.api;

import io.longline.zeek.Internal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/**
 * The version of this API: the host checks the {@code Plugin-Requires} of plugins against it.
 * Thread-safe.
 */
@Internal
public final class ApiVersion {

  private ApiVersion() {}

  /**
   * The version, such as {@code 0.1.0}. A snapshot counts as the release that it leads to.
   *
   * @throws IllegalStateException if the plugin-api jar is incomplete
   */
  public static String current() {
    return properties().getProperty("version").replace("-SNAPSHOT", "");
  }

  /** The commit that the API and its host were built from; empty if the build did not say. */
  public static Optional<String> commit() {
    return Optional.ofNullable(properties().getProperty("commit"))
        // Maven leaves a property that nobody has set as it is.
        .filter(commit -> !commit.isBlank() && !commit.startsWith("$"));
  }

  private static Properties properties() {
    try (var in = ApiVersion.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException("version.properties is missing beside " + ApiVersion.class);
      }
      var properties = new Properties();
      properties.load(in);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
