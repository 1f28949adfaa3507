package io.longline.host.plugins;

import io.longline.host.plugins.PluginProblem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;

/** Reads what a jar says about itself, without running anything of it. Immutable. */
final class JarInspector {

  /** The libraries that the host provides, each by a class that only it has. */
  private static final Map<String, String> BUNDLED_BY_CLASS =
      Map.of(
          "io/longline/api/Hook.class", "plugin-api",
          "org/pf4j/ExtensionPoint.class", "pf4j",
          "org/slf4j/Logger.class", "slf4j-api");

  /** Where other kinds of archives have their classes. */
  private static final List<String> FOLDERS_OF_CLASSES = List.of("BOOT-INF/", "WEB-INF/");

  /**
   * Reads a jar.
   *
   * @throws PluginRejectedException if it is not a jar or not a plugin
   */
  PluginJar inspect(Path file) throws PluginRejectedException {
    return inspect(file, file);
  }

  /**
   * Reads a jar.
   *
   * @param content what is read: the jar, or a copy of it
   * @throws PluginRejectedException if it is not a jar or not a plugin
   */
  PluginJar inspect(Path file, Path content) throws PluginRejectedException {
    try (var contents = JarContents.open(content)) {
      return inspect(file, content, contents);
    } catch (IOException | RuntimeException e) {
      throw new PluginRejectedException(unreadable(file, e));
    }
  }

  private static PluginJar inspect(Path file, Path content, JarContents contents)
      throws IOException, PluginRejectedException {
    checkSignature(file, contents);
    var problems = new ArrayList<PluginProblem>();
    var mistakes = new ArrayList<IndexNames.Mistake>();
    var classes = declaredClasses(contents, mistakes);
    var manifest = contents.manifest();
    var attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
    if (attributes.getValue("Plugin-Id") == null && classes.isEmpty() && mistakes.isEmpty()) {
      throw new PluginRejectedException(notAPlugin(file, content, contents));
    }
    var descriptor = new PluginManifest(file, attributes).descriptor();
    var id = descriptor.getPluginId();
    mistakes.forEach(
        mistake ->
            problems.add(
                new PluginProblem(Code.BAD_INDEX, file, id, mistake.sentence(), mistake.remedy())));
    addBundled(problems, file, id, contents);
    addClassPath(problems, file, id, attributes);
    return new PluginJar(file, content, descriptor, classes, problems);
  }

  /** The problem of a file that cannot be read as a jar. */
  static PluginProblem unreadable(Path file, Exception e) {
    if (e instanceof JarLimitException) {
      return problem(
          Code.JAR_TOO_LARGE,
          file,
          String.valueOf(e.getMessage()),
          "Build the jar again without it; the limits are in docs/plugin-problems.md.");
    }
    return problem(
        Code.NOT_A_JAR,
        file,
        "The file is not a readable jar: " + reason(file, e) + ".",
        "Copy the jar here again, or remove the file.");
  }

  private static PluginProblem problem(Code code, Path file, String sentence, String remedy) {
    return new PluginProblem(code, file, file.getFileName().toString(), sentence, remedy);
  }

  private static String reason(Path file, Exception e) {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        return "it is not a regular file";
      }
      if (Files.size(file) == 0) {
        return "it is empty";
      }
    } catch (IOException unreadable) {
      return "it cannot be read (" + unreadable.getMessage() + ")";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static void checkSignature(Path file, JarContents contents)
      throws IOException, PluginRejectedException {
    var broken = JarSignature.problem(contents);
    if (broken != null) {
      throw new PluginRejectedException(
          problem(
              Code.SIGNATURE_BROKEN,
              file,
              "The jar was changed after it was signed: " + broken + ".",
              "Copy the jar again; or if its libraries were signed, leave META-INF/*.SF, *.RSA, *.DSA and *.EC out when they are put into it."));
    }
  }

  private static PluginProblem notAPlugin(Path file, Path content, JarContents contents) {
    var folder =
        FOLDERS_OF_CLASSES.stream()
            .filter(each -> contents.names().stream().anyMatch(name -> name.startsWith(each)))
            .findFirst();
    if (folder.isPresent()) {
      return problem(
          Code.NOT_A_PLUGIN,
          file,
          "The jar is not a plugin: its classes are in %s, where only the program that the jar was made for finds them."
              .formatted(folder.get()),
          "Build a plain jar, with the libraries shaded in.");
    }
    return problem(
        Code.NOT_A_PLUGIN,
        file,
        "The jar is not a plugin: it has no Plugin-Id in its manifest and declares no hook.",
        JarClasses.hooksIn(content).remedy());
  }

  private static List<PluginJar.DeclaredClass> declaredClasses(
      JarContents contents, List<IndexNames.Mistake> mistakes) throws IOException {
    var places = new ArrayList<>(HookInterfaces.servicesFiles());
    places.add(PluginJar.EXTENSION_INDEX);
    var byName = new LinkedHashMap<String, List<String>>();
    for (var place : places) {
      var entry = contents.entry(place);
      if (entry != null && !entry.isDirectory()) {
        var index = IndexNames.parse(place, contents.read(entry, IndexNames.MAX_BYTES));
        mistakes.addAll(index.mistakes());
        for (var name : index.names()) {
          byName.computeIfAbsent(name, each -> new ArrayList<>()).add(place);
        }
      }
    }
    var classes = new ArrayList<PluginJar.DeclaredClass>();
    byName.forEach((name, named) -> classes.add(new PluginJar.DeclaredClass(name, named)));
    return classes;
  }

  private static void addBundled(
      List<PluginProblem> problems, Path file, String id, JarContents contents) {
    var bundled =
        BUNDLED_BY_CLASS.entrySet().stream()
            .filter(each -> contents.entry(each.getKey()) != null)
            .map(Map.Entry::getValue)
            .sorted()
            .toList();
    if (!bundled.isEmpty()) {
      problems.add(
          new PluginProblem(
              Code.BUNDLES_API,
              file,
              id,
              "The jar contains " + String.join(" and ", bundled) + ", which the host provides.",
              "Give these dependencies the scope provided; the plugin works anyway, with the host's classes."));
    }
  }

  private static void addClassPath(
      List<PluginProblem> problems, Path file, String id, Attributes attributes) {
    var path = attributes.getValue(Attributes.Name.CLASS_PATH);
    if (path != null && !path.isBlank()) {
      problems.add(
          new PluginProblem(
              Code.CLASS_PATH_IGNORED,
              file,
              id,
              "Class-Path in the manifest names other jars, which are not loaded: "
                  + PluginManifest.shown(path.strip())
                  + ".",
              "Shade these libraries into the jar, and leave Class-Path out."));
    }
  }
}
