package io.longline.host.plugins;

import io.longline.api.ApiVersion;
import io.longline.host.trust.TrustPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jars of a plugins folder: those that may be loaded, and why the others are not. Confined to
 * one thread.
 */
final class FolderJars {

  private static final int MAX_ATTEMPTS = 10;

  private final @Nullable TrustCheck trust;
  private final Map<Path, PluginJar> candidates = new LinkedHashMap<>();
  private final Map<Path, List<PluginProblem>> refused = new LinkedHashMap<>();
  private final Map<Path, JarStamp> stamps = new HashMap<>();

  /**
   * No jars yet.
   *
   * @param trust decides which may be loaded; null if another process has decided that
   */
  FolderJars(@Nullable TrustCheck trust) {
    this.trust = trust;
  }

  /**
   * Reads the jars of a folder.
   *
   * @param trust decides which may be loaded
   * @param copies where to copy them, so that the copies are checked and loaded; null to load them
   *     in place
   * @throws IOException if the folder cannot be read, or a copy cannot be made
   */
  static FolderJars of(TrustCheck trust, @Nullable Path copies) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return read(trust, copies);
      } catch (NoSuchFileException e) {
        // A jar was exchanged since the folder was listed.
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static FolderJars read(TrustCheck trust, @Nullable Path copies) throws IOException {
    var jars = new FolderJars(trust);
    boolean isHashed = trust.trust().policy() != TrustPolicy.ANY;
    for (var file : jarFiles(trust.folder())) {
      var stamp = JarStamp.of(file);
      if (stamp != null) {
        jars.stamps.put(file, stamp);
      }
      jars.add(
          file,
          copies != null && StagedJar.isWorth(file)
              ? JarCopies.copy(file, copies, isHashed)
              : file);
    }
    return jars;
  }

  private static List<Path> jarFiles(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries
          .filter(PluginFolder::isNamedAsJar)
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new IOException(
          "There is no plugins folder " + folder + ". Name it in the setting plugins-dir.", e);
    }
  }

  /**
   * Reads a jar, which becomes a candidate unless it is not a plugin, or may not be loaded.
   *
   * @param content what is read and loaded: the file, or a copy of it
   */
  void add(Path file, Path content) {
    try {
      var jar = new JarInspector().inspect(file, content);
      var problem = trust == null ? null : trust.problem(jar);
      if (problem != null && problem.code().isFatal()) {
        refuse(file, List.of(problem));
      } else {
        candidates.put(file, problem == null ? jar : jar.with(problem));
      }
    } catch (PluginRejectedException e) {
      refuse(file, List.of(e.problem()));
    }
  }

  /** The jars that may be loaded, by file, as they are now. */
  Map<Path, PluginJar> candidates() {
    return new LinkedHashMap<>(candidates);
  }

  /** The files that were refused, with the reasons, as they are now. */
  Map<Path, List<PluginProblem>> refused() {
    return new LinkedHashMap<>(refused);
  }

  /** Does without a jar. */
  void refuse(Path file, List<PluginProblem> problems) {
    refused.put(file, List.copyOf(problems));
    candidates.remove(file);
  }

  /** Keeps an older jar in place of the one that is in a file now. */
  void keep(Path file, PluginJar old) {
    candidates.put(file, old);
  }

  /** Decides which candidates are to be loaded. */
  PluginSelection select() {
    return PluginSelection.of(List.copyOf(candidates.values()), ApiVersion.current());
  }

  /**
   * The folder after loading.
   *
   * @param selection the selection that was loaded
   * @param loaded the plugins that were loaded, or that still run, by id in the order of loading
   */
  LoadedFolder loaded(PluginSelection selection, Map<String, LoadedPlugin> loaded) {
    var byFile = new LinkedHashMap<Path, LoadedPlugin>();
    for (var plugin : loaded.values()) {
      candidates.forEach(
          (file, jar) -> {
            if (plugin.isOf(jar) && !selection.isPassedOver(file)) {
              byFile.put(file, plugin);
            }
          });
    }
    return new LoadedFolder(installed(selection, loaded), new LoadedPlugins(byFile), stamps);
  }

  private List<InstalledPlugin> installed(
      PluginSelection selection, Map<String, LoadedPlugin> loaded) {
    var plugins = new LinkedHashMap<Path, InstalledPlugin>();
    refused.forEach(
        (file, problems) ->
            plugins.put(
                file, InstalledPlugin.failed(file, problems.get(0).plugin(), "", problems)));
    candidates.forEach(
        (file, jar) -> {
          var more = new ArrayList<>(refused.getOrDefault(file, List.of()));
          var plugin = loaded.get(jar.id());
          // Two files of the same content are one copy.
          if (plugin != null && plugin.isOf(jar) && !selection.isPassedOver(file)) {
            plugins.put(file, plugin.plugin().at(file, more));
          } else {
            selection.problems().stream()
                .filter(problem -> problem.file().equals(jar.file()))
                .forEach(more::add);
            plugins.put(file, InstalledPlugin.failed(file, jar.id(), jar.version(), more));
          }
        });
    return List.copyOf(plugins.values());
  }
}
