package io.longline.host.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.host.plugins.PluginProblem.Code;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a jar says about itself, without running anything of it. Immutable. */
final class JarInspector {

  /** The libraries that the host provides, each by a class that only it has. */
  private static final Map<String, String> BUNDLED_BY_CLASS =
      Map.of(
          "io/longline/api/Hook.class", "plugin-api",
          "org/pf4j/ExtensionPoint.class", "pf4j",
          "org/slf4j/Logger.class", "slf4j-api");

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern VERSIONED_NAME = Pattern.compile("(.+?)-(\\d[\\w.+-]*)");

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
    try (var jar = open(content)) {
      var classes = declaredClasses(jar);
      var descriptor = descriptor(file, content, jar.getManifest(), classes);
      var plugin = new PluginJar(file, content, descriptor, classes, bundled(jar));
      checkDescriptor(plugin);
      return plugin;
    } catch (IOException | RuntimeException e) {
      throw new PluginRejectedException(unreadable(file, e));
    }
  }

  /** The problem of a file that cannot be read as a jar. */
  static PluginProblem unreadable(Path file, Exception e) {
    return new PluginProblem(
        Code.NOT_A_JAR,
        file,
        file.getFileName().toString(),
        "The file is not a readable jar: " + reason(file, e) + ".",
        "Copy the jar here again, or remove the file.");
  }

  /** Opens a regular file only: opening a pipe would wait for somebody to write to it. */
  private static JarFile open(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("it is not a regular file");
    }
    return new JarFile(file.toFile(), false);
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

  private static JarPluginDescriptor descriptor(
      Path file, Path content, @Nullable Manifest manifest, List<PluginJar.DeclaredClass> hooks)
      throws PluginRejectedException {
    var attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
    var name = file.getFileName().toString().replaceFirst("(?i)\\.jar$", "");
    var id = attributes.getValue("Plugin-Id");
    if (id == null && hooks.isEmpty()) {
      throw new PluginRejectedException(
          new PluginProblem(
              Code.NOT_A_PLUGIN,
              file,
              file.getFileName().toString(),
              "The jar is not a plugin: it has no Plugin-Id in its manifest and declares no hook.",
              JarClasses.hooksIn(content).remedy()));
    }
    var versioned = VERSIONED_NAME.matcher(name);
    boolean hasVersion = versioned.matches();
    var usedId = id != null ? id.strip() : hasVersion ? versioned.group(1) : name;
    var version = attributes.getValue("Plugin-Version");
    if (version == null || version.isBlank()) {
      version = versionInName(name, usedId);
    }
    return new JarPluginDescriptor(
        usedId,
        version.strip(),
        attributes.getValue("Plugin-Requires"),
        attributes.getValue("Plugin-Dependencies"),
        attributes.getValue("Plugin-Class"));
  }

  /** The version behind the id in a file's name, or else behind another name; empty without one. */
  private static String versionInName(String name, String id) {
    var rest = name.startsWith(id + "-") ? name.substring(id.length() + 1) : "";
    if (name.equals(id) || Versions.isVersion(rest)) {
      return rest;
    }
    var versioned = VERSIONED_NAME.matcher(name);
    return versioned.matches() ? versioned.group(2) : "";
  }

  private static void checkDescriptor(PluginJar plugin) throws PluginRejectedException {
    if (!ID.matcher(plugin.id()).matches()) {
      throw new PluginRejectedException(
          plugin.problem(
              Code.BAD_MANIFEST,
              "The plugin id \"" + plugin.id() + "\" cannot be used.",
              "Use only letters, digits, '.', '_' and '-' in Plugin-Id, and start it with a letter or a digit."));
    }
    if (plugin.version().isEmpty()) {
      throw new PluginRejectedException(
          plugin.problem(
              Code.NO_VERSION,
              "The plugin has no version: neither its manifest nor the name of its jar has one.",
              "Add a line such as Plugin-Version: 1.0.0 to the manifest, or name the jar %s-1.0.0.jar."
                  .formatted(plugin.id())));
    }
    if (!Versions.isVersion(plugin.version())) {
      throw new PluginRejectedException(
          plugin.problem(
              Code.BAD_MANIFEST,
              "The plugin version \"" + plugin.version() + "\" cannot be used.",
              "Start Plugin-Version with a digit, as in 1.0.0, and use only letters, digits, '.', '_', '+' and '-' in it."));
    }
  }

  private static List<PluginJar.DeclaredClass> declaredClasses(JarFile jar) throws IOException {
    var places = new ArrayList<>(HookInterfaces.servicesFiles());
    places.add(PluginJar.EXTENSION_INDEX);
    var byName = new LinkedHashMap<String, List<String>>();
    for (var place : places) {
      for (var name : names(jar, place)) {
        byName.computeIfAbsent(name, each -> new ArrayList<>()).add(place);
      }
    }
    var classes = new ArrayList<PluginJar.DeclaredClass>();
    byName.forEach((name, named) -> classes.add(new PluginJar.DeclaredClass(name, named)));
    return classes;
  }

  /**
   * The names in a provider-configuration file, as ServiceLoader reads it: {@code #} starts a
   * comment.
   */
  private static List<String> names(JarFile jar, String entryName) throws IOException {
    var entry = jar.getJarEntry(entryName);
    if (entry == null) {
      return List.of();
    }
    var names = new LinkedHashSet<String>();
    try (var reader = new BufferedReader(new InputStreamReader(jar.getInputStream(entry), UTF_8))) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        var name = line.replaceFirst("#.*", "").strip();
        if (!name.isEmpty()) {
          names.add(name);
        }
      }
    }
    return List.copyOf(names);
  }

  private static List<String> bundled(JarFile jar) {
    return BUNDLED_BY_CLASS.entrySet().stream()
        .filter(bundled -> jar.getJarEntry(bundled.getKey()) != null)
        .map(Map.Entry::getValue)
        .sorted()
        .toList();
  }
}
