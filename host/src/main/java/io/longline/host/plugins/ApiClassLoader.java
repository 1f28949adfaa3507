package io.longline.host.plugins;

import java.util.List;

/**
 * Loads what plugins see of the host: the JDK, plugin-api, the APIs of slf4j and pf4j, and nothing
 * else. Thread-safe.
 */
final class ApiClassLoader extends ClassLoader {

  private static final List<String> API_PACKAGES =
      List.of(
          "io.longline.api",
          "io.longline.api.testing",
          "io.longline.zeek",
          "org.slf4j",
          "org.slf4j.event",
          "org.slf4j.helpers",
          "org.slf4j.spi");

  private static final String PF4J = "org.pf4j.";

  private final ClassLoader host;

  static {
    registerAsParallelCapable();
  }

  ApiClassLoader(ClassLoader host) {
    super("longline-api", getPlatformClassLoader());
    this.host = host;
  }

  /** Whether a class comes from the host, whatever a plugin's jar holds. */
  static boolean isApi(String className) {
    int dot = className.lastIndexOf('.');
    return className.startsWith(PF4J)
        || (dot > 0 && API_PACKAGES.contains(className.substring(0, dot)));
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return isApi(name) ? host.loadClass(name) : super.loadClass(name, resolve);
  }
}
