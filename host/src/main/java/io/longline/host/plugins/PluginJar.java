package io.longline.host.plugins;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a jar says about itself, read without running any of it. Immutable.
 *
 * @param file the jar
 * @param content what is loaded: the jar itself, or a copy of it
 * @param descriptor id, version, requirements and dependencies
 * @param hookClasses the classes declared as hooks, in the order found
 * @param bundled packages in the jar that come from the host; empty most often
 */
record PluginJar(
    Path file,
    Path content,
    JarPluginDescriptor descriptor,
    List<DeclaredClass> hookClasses,
    List<String> bundled) {

  /** The index that pf4j's annotation processor writes, of extensions of any kind. */
  static final String EXTENSION_INDEX = "META-INF/extensions.idx";

  PluginJar {
    hookClasses = List.copyOf(hookClasses);
    bundled = List.copyOf(bundled);
  }

  /**
   * A class named by an index.
   *
   * @param name the class
   * @param where the file in the jar that names it
   */
  record DeclaredClass(String name, String where) {

    /** Whether the file says that it is a hook; pf4j's index also has other extensions. */
    boolean mustBeHook() {
      return !where.equals(EXTENSION_INDEX);
    }
  }

  String id() {
    return descriptor.getPluginId();
  }

  String version() {
    return descriptor.getVersion();
  }

  /** That it brings what comes from the host, if it does. */
  Optional<PluginProblem> bundledProblem() {
    return bundled.isEmpty()
        ? Optional.empty()
        : Optional.of(
            problem(
                PluginProblem.Code.BUNDLES_API,
                "The jar brings " + String.join(" and ", bundled) + ", which come from the host.",
                "Give these dependencies the scope provided; the plugin works all the same."));
  }

  PluginProblem problem(PluginProblem.Code code, String sentence, String remedy) {
    return new PluginProblem(code, file, id(), sentence, remedy);
  }
}
