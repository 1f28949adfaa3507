package io.longline.host.plugins;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The plugins folder, for commands that install and remove plugins. A host that watches the folder
 * never sees half a jar. Confined to one thread.
 */
public final class PluginFolder {

  /** A jar that was replaced is kept under its name with this at the end. */
  private static final String PREVIOUS = ".previous";

  private final Path folder;

  /** The folder at a path. */
  public PluginFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** The folder, absolute. */
  public Path path() {
    return folder;
  }

  /**
   * The jars of a plugin.
   *
   * @throws IOException if the folder cannot be read
   */
  List<Path> jarsOf(String id) throws IOException {
    var jars = new ArrayList<Path>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        if (file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".jar")
            && Files.isRegularFile(file)
            && isOf(file, id)) {
          jars.add(file);
        }
      }
    }
    jars.sort(null);
    return jars;
  }

  private static boolean isOf(Path file, String id) {
    try {
      return new JarInspector().inspect(file).id().equals(id);
    } catch (PluginRejectedException e) {
      return e.problem().plugin().equals(id);
    }
  }

  /**
   * Puts a jar into the folder in place of those of the same plugin, which are kept as {@link
   * #previous}.
   *
   * @param jar the jar to install
   * @param id the plugin's id, which becomes the file's name
   * @return the jars that were replaced
   * @throws IOException if that fails; the folder is as it was, or has the new jar
   */
  public List<Path> install(Path jar, String id) throws IOException {
    Files.createDirectories(folder);
    var old = jarsOf(id);
    var target = folder.resolve(id + ".jar");
    if (Files.exists(target) && !old.contains(target)) {
      throw new IOException(
          target + " exists and contains another plugin; rename or remove that file");
    }
    var fresh = folder.resolve("." + id + ".jar.new");
    try {
      Files.copy(jar, fresh, StandardCopyOption.REPLACE_EXISTING);
      try (var written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      for (var each : old) {
        Files.copy(each, previous(each), StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      for (var each : old) {
        if (!each.equals(target)) {
          Files.delete(each);
        }
      }
      return old;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** The file that a jar is kept as when it is replaced or removed. */
  public static Path previous(Path jar) {
    return jar.resolveSibling(jar.getFileName() + PREVIOUS);
  }

  /**
   * Takes the jars of a plugin out of the folder; they are kept as {@link #previous}.
   *
   * @return the jars that were taken out; empty if there is no such plugin
   * @throws IOException if that fails
   */
  public List<Path> remove(String id) throws IOException {
    var jars = jarsOf(id);
    for (var jar : jars) {
      Files.move(jar, previous(jar), StandardCopyOption.REPLACE_EXISTING);
    }
    return jars;
  }
}
