package io.longline.host.plugins;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a jar says about itself, read without running any of it. Immutable.
 *
 * @param file the jar
 * @param content what is loaded: the jar itself, or a copy of it
 * @param descriptor id, version, requirements and dependencies
 * @param hookClasses the classes declared as hooks, in the order found
 * @param problems what is wrong, and keeps nothing else of the jar from loading; none most often
 */
record PluginJar(
    Path file,
    Path content,
    JarPluginDescriptor descriptor,
    List<DeclaredClass> hookClasses,
    List<PluginProblem> problems) {

  /** The index that pf4j's annotation processor writes, of extensions of any kind. */
  static final String EXTENSION_INDEX = "META-INF/extensions.idx";

  PluginJar {
    hookClasses = List.copyOf(hookClasses);
    problems = List.copyOf(problems);
  }

  /**
   * A class named by an index.
   *
   * @param name the class
   * @param places the files in the jar that name it, one at least
   */
  record DeclaredClass(String name, List<String> places) {

    DeclaredClass {
      places = List.copyOf(places);
    }

    /** The first file that names it. */
    String where() {
      return places.get(0);
    }

    /** The services files that name it. */
    List<String> services() {
      return places.stream().filter(place -> !place.equals(EXTENSION_INDEX)).toList();
    }

    /** Whether a file says that it is a hook; pf4j's index also has other extensions. */
    boolean mustBeHook() {
      return !services().isEmpty();
    }
  }

  /** A copy with another problem. */
  PluginJar with(PluginProblem problem) {
    var more = new ArrayList<>(problems);
    more.add(problem);
    return new PluginJar(file, content, descriptor, hookClasses, more);
  }

  String id() {
    return descriptor.getPluginId();
  }

  String version() {
    return descriptor.getVersion();
  }

  /** Whether its file has the name that installing gives it. */
  boolean isNamedByVersion() {
    return file.endsWith(fileName(id(), version()));
  }

  /** The name of the file that a version of a plugin is installed as. */
  static String fileName(String id, String version) {
    return id + "-" + version + ".jar";
  }

  /** A problem of this jar. */
  PluginProblem problem(PluginProblem.Code code, String sentence, String remedy) {
    return new PluginProblem(code, file, id(), sentence, remedy);
  }
}
