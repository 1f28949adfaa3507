package io.longline.host.plugins;

import java.lang.module.ModuleDescriptor.Version;

/** Compares versions of plugins as people write them: {@code 1.0}, {@code 2.1-SNAPSHOT}. */
final class Versions {

  private Versions() {}

  static boolean isVersion(String text) {
    try {
      Version.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static int compare(String one, String other) {
    return Version.parse(one).compareTo(Version.parse(other));
  }
}
