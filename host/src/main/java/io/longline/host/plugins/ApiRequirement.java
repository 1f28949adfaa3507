package io.longline.host.plugins;

import io.longline.api.ApiVersion;
import org.pf4j.DefaultVersionManager;
import org.pf4j.VersionManager;

/** Whether versions are in a range, as pf4j writes ranges. Thread-safe. */
public final class ApiRequirement {

  private static final VersionManager VERSIONS = new DefaultVersionManager();

  private ApiRequirement() {}

  /** Whether this plugin-api is what a plugin requires; empty for any. */
  public static boolean isMetBy(String requires) {
    return isMet(ApiVersion.current(), requires);
  }

  /** Whether a version of plugin-api is what a plugin requires. */
  static boolean isMet(String apiVersion, String requires) {
    var range = requires.strip();
    // As pf4j does: a bare version is a minimum.
    return range.isEmpty()
        || fits(apiVersion, range.matches("\\d+\\.\\d+\\.\\d+") ? ">=" + range : range);
  }

  /** Whether a version is in a range. */
  static boolean fits(String version, String range) {
    try {
      return VERSIONS.checkVersionConstraint(version, range);
    } catch (RuntimeException e) {
      // java-semver cannot read the constraint, or the version of a dependency.
      return range.isEmpty() || range.equals("*");
    }
  }
}
