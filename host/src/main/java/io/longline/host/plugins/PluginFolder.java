package io.longline.host.plugins;

import io.longline.host.files.FileAccess;
import io.longline.host.trust.PluginLock;
import io.longline.host.trust.TrustedKeys;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The plugins folder, for commands that install and remove plugins. A host that watches the folder
 * never sees half a jar. Confined to one thread.
 */
public final class PluginFolder {

  /** A jar that was replaced is kept under its name with this at the end. */
  private static final String PREVIOUS = ".previous";

  private static final String JAR = ".jar";

  private final Path folder;

  /** The folder at a path. */
  public PluginFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /**
   * Whether a file in the folder is taken for a jar, by its name: it ends in {@code .jar} and is
   * not hidden. What some systems write beside a file that they copy is hidden.
   */
  public static boolean isNamedAsJar(Path file) {
    var name = file.getFileName().toString();
    return name.toLowerCase(Locale.ROOT).endsWith(JAR) && !name.startsWith(".");
  }

  /** Whether a file in the folder decides, by its name, which jars a host loads. */
  public static boolean isReadByHosts(Path file) {
    var name = file.getFileName().toString();
    return isNamedAsJar(file)
        || name.equals(PluginLock.FILE)
        || name.endsWith(JAR + TrustedKeys.SIGNATURE);
  }

  /** The folder, absolute. */
  public Path path() {
    return folder;
  }

  /**
   * The jars, by name.
   *
   * @throws IOException if the folder cannot be read
   */
  public List<Path> jars() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> isNamedAsJar(file) && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      throw new IOException("There is no plugins folder " + folder + ".", e);
    }
  }

  /**
   * The newest version of each plugin in the folder, by id; ids that differ only by case are one.
   *
   * @throws IOException if the folder cannot be read
   */
  public Map<String, String> versions() throws IOException {
    var versions = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (var file : jars()) {
      try {
        var jar = new JarInspector().inspect(file);
        versions.merge(
            jar.id(),
            jar.version(),
            (one, other) -> Versions.compare(one, other) < 0 ? other : one);
      } catch (PluginRejectedException e) {
        // It is not loaded either; longline plugins reports it.
      }
    }
    return versions;
  }

  /**
   * The jars of a plugin, by file, with their versions; empty where a jar has none.
   *
   * @throws IOException if the folder cannot be read
   */
  private Map<Path, String> jarsOf(String id) throws IOException {
    var jars = new TreeMap<Path, String>();
    for (var file : jars()) {
      versionOf(file, id).ifPresent(version -> jars.put(file, version));
    }
    return jars;
  }

  /** The version of a jar, if it is one of the plugin. */
  private static Optional<String> versionOf(Path file, String id) {
    try {
      var jar = new JarInspector().inspect(file);
      return jar.id().equalsIgnoreCase(id) ? Optional.of(jar.version()) : Optional.empty();
    } catch (PluginRejectedException e) {
      return e.problem().plugin().equalsIgnoreCase(id) ? Optional.of("") : Optional.empty();
    }
  }

  /**
   * A jar that was installed. Immutable.
   *
   * @param file where it is
   * @param replaced the jars of the same plugin that it took the place of
   */
  public record Installed(Path file, List<Replaced> replaced) {

    /** Makes a copy. */
    public Installed {
      replaced = List.copyOf(replaced);
    }
  }

  /**
   * A jar that was replaced. Immutable.
   *
   * @param file where it was
   * @param version its version; empty if it had none that could be used
   * @param kept where it is now
   * @param isNewer whether its version is newer than the one that took its place
   */
  public record Replaced(Path file, String version, Path kept, boolean isNewer) {}

  /**
   * Puts a jar into the folder as {@code ID-VERSION.jar}, and then takes out the others of the same
   * plugin, which are kept as {@link #previous}; those that were kept before are removed. There is
   * a jar of the plugin all the time; a crash in between may leave two. The signature beside the
   * jar comes along.
   *
   * @param jar the jar to install
   * @param id the plugin's id
   * @param version its version
   * @throws IOException if that fails; the folder is as it was, or has the new jar, perhaps beside
   *     older ones
   */
  public Installed install(Path jar, String id, String version) throws IOException {
    FileAccess.ALL.makeFolders(folder);
    var old = jarsOf(id);
    var target = folder.resolve(PluginJar.fileName(id, version));
    if (Files.exists(target) && !old.containsKey(target)) {
      checkThatNothingIsLost(target);
      old.put(target, "");
    }
    var fresh = folder.resolve("." + target.getFileName() + ".new");
    try {
      copy(jar, fresh);
      force(fresh);
      if (old.containsKey(target)) {
        copyWithSignature(target, previous(target));
      }
      copySignature(jar, target);
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      force(folder);
      for (var each : old.keySet()) {
        if (!each.equals(target)) {
          takeOut(each);
        }
      }
      removePrevious(id, old.keySet());
    } finally {
      Files.deleteIfExists(fresh);
    }
    var replaced = new ArrayList<Replaced>();
    old.forEach(
        (file, before) ->
            replaced.add(
                new Replaced(
                    file,
                    before,
                    previous(file),
                    !before.isEmpty() && Versions.compare(before, version) > 0)));
    return new Installed(target, replaced);
  }

  /** Refuses to take the place of a file that is something else than a broken jar of the plugin. */
  private static void checkThatNothingIsLost(Path target) throws IOException {
    if (!Files.isRegularFile(target)) {
      throw new IOException(target + " exists and is not a file; rename or remove it");
    }
    try {
      var other = new JarInspector().inspect(target).id();
      throw new IOException(
          "%s exists and contains another plugin, %s; rename or remove that file"
              .formatted(target, other));
    } catch (PluginRejectedException e) {
      // It is broken, and nothing of it is loaded; it is kept like any other that is replaced.
    }
  }

  /** Removes the kept jars of a plugin but those that were just taken out of these places. */
  private void removePrevious(String id, Set<Path> justReplaced) throws IOException {
    var kept = justReplaced.stream().map(PluginFolder::previous).toList();
    if (kept.isEmpty()) {
      return;
    }
    try (var files = Files.newDirectoryStream(folder, "*" + JAR + PREVIOUS)) {
      for (var file : files) {
        if (!kept.contains(file) && isKeptOf(file, id)) {
          Files.deleteIfExists(file);
          Files.deleteIfExists(TrustedKeys.signatureOf(file));
        }
      }
    }
  }

  private static boolean isKeptOf(Path file, String id) {
    var name = file.getFileName().toString();
    var jar = file.resolveSibling(name.substring(0, name.length() - PREVIOUS.length()));
    try {
      return new JarInspector().inspect(jar, file).id().equalsIgnoreCase(id);
    } catch (PluginRejectedException e) {
      return false;
    }
  }

  /** Keeps a jar under its other name, with its signature. */
  private static void takeOut(Path jar) throws IOException {
    copySignature(jar, previous(jar));
    Files.move(jar, previous(jar), StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(TrustedKeys.signatureOf(jar));
  }

  private static void copyWithSignature(Path jar, Path copy) throws IOException {
    copySignature(jar, copy);
    copy(jar, copy);
  }

  /** Puts a jar's signature beside a copy; if it has none, the copy has none either. */
  private static void copySignature(Path jar, Path copy) throws IOException {
    var signature = TrustedKeys.signatureOf(jar);
    var target = TrustedKeys.signatureOf(copy);
    if (Files.isRegularFile(signature)) {
      copy(signature, target);
      force(target);
    } else {
      Files.deleteIfExists(target);
    }
  }

  /** Copies a file; what is in the place of the copy, perhaps a link, is removed before. */
  private static void copy(Path jar, Path copy) throws IOException {
    Files.deleteIfExists(copy);
    FileAccess.ALL.makeFile(copy);
    try (var out =
        Files.newOutputStream(copy, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      Files.copy(jar, out);
    }
  }

  /** Has a file, or the names in a folder, written to the disk. */
  private static void force(Path path) throws IOException {
    try (var written = FileChannel.open(path, StandardOpenOption.READ)) {
      written.force(true);
    }
  }

  /** The file that a jar is kept as when it is replaced or removed. */
  public static Path previous(Path jar) {
    return jar.resolveSibling(jar.getFileName() + PREVIOUS);
  }

  /**
   * Takes the jars of a plugin out of the folder, where they are kept as {@link #previous}, and its
   * entry out of the lock.
   *
   * @return the jars that were taken out; empty if there is no such plugin
   * @throws IOException if that fails
   */
  public List<Path> remove(String id) throws IOException {
    var jars = List.copyOf(jarsOf(id).keySet());
    for (var jar : jars) {
      takeOut(jar);
    }
    removePrevious(id, Set.copyOf(jars));
    if (!PluginLock.in(folder).of(id).isEmpty()) {
      PluginLock.change(folder, lock -> lock.without(id));
    }
    return jars;
  }
}
