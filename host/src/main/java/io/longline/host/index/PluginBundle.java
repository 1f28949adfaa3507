package io.longline.host.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.host.files.FileAccess;
import io.longline.host.files.SharedFolder;
import io.longline.host.plugins.StagedJar;
import io.longline.host.trust.FolderTrust;
import io.longline.host.trust.LockedPlugin;
import io.longline.host.trust.PluginLock;
import io.longline.host.trust.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Plugins in one file, for machines without a network: a zip file with jars, their signatures, the
 * lock, and an index. Unpacked it is an index, too. Immutable.
 *
 * @param folder where it was unpacked
 * @param lock what it says of its jars
 * @param jars its jars
 */
public record PluginBundle(Path folder, PluginLock lock, List<Path> jars) implements AutoCloseable {

  private static final int MAX_ENTRIES = 3_000;

  /** All that is unpacked, in bytes. */
  private static final long MAX_BYTES = 4L << 30;

  /** No folders, and nothing hidden. */
  private static final Pattern NAME =
      Pattern.compile(
          "[A-Za-z0-9_][A-Za-z0-9._+-]*\\.jar(\\.minisig)?|plugins\\.lock|index\\.json");

  private static final int BUFFER = 1 << 16;

  /** Makes a copy. */
  public PluginBundle {
    jars = List.copyOf(jars);
  }

  /**
   * Writes a bundle, under another name first; a crash leaves no half of one.
   *
   * @param jars the jars; each has an entry in the lock
   * @param lock their entries
   * @param now when it is made
   * @throws IOException if a jar cannot be read, or the file cannot be written
   */
  public static void write(Path file, List<Path> jars, PluginLock lock, Instant now)
      throws IOException {
    for (var jar : jars) {
      if (!IndexParser.isUrl(jar.getFileName().toString())) {
        throw new IndexException(
            jar
                + " has a name that a bundle cannot hold; longline plugins install gives it another.");
      }
    }
    var parent = Objects.requireNonNull(file.toAbsolutePath().getParent());
    var fresh = parent.resolve("." + file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    FileAccess.ALL.makeFile(fresh);
    try {
      try (var zip = new ZipOutputStream(Files.newOutputStream(fresh))) {
        add(zip, PluginLock.FILE, lock.text().getBytes(UTF_8));
        add(zip, PluginIndex.FILE, IndexedFolder.of(jars).text(now, null, List.of()));
        for (var jar : jars) {
          var signature = TrustedKeys.signatureOf(jar);
          add(zip, jar);
          if (Files.isRegularFile(signature)) {
            add(zip, signature);
          }
        }
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  private static void add(ZipOutputStream zip, Path file) throws IOException {
    zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
    Files.copy(file, zip);
    zip.closeEntry();
  }

  /**
   * Unpacks a bundle into a folder that only this user can write, which closing removes.
   *
   * @throws IOException if it cannot be read, holds anything but what a bundle holds, or is too
   *     large; the message is a sentence
   */
  public static PluginBundle unpack(Path file) throws IOException {
    if (!StagedJar.isWorth(file)) {
      throw new IndexException(file + " is not a bundle: it cannot be read as a zip file.");
    }
    var folder = Files.createTempDirectory(SharedFolder.forTemporaryFiles(), "longline-bundle-");
    boolean isDone = false;
    try {
      var bundle = unpack(file, folder);
      isDone = true;
      return bundle;
    } finally {
      if (!isDone) {
        remove(folder);
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      for (var each : files) {
        Files.deleteIfExists(each);
      }
    }
    Files.deleteIfExists(folder);
  }

  @Override
  public void close() throws IOException {
    remove(folder);
  }

  private static PluginBundle unpack(Path file, Path folder) throws IOException {
    var jars = new ArrayList<Path>();
    var names = new HashSet<String>();
    try (var zip = new ZipFile(file.toFile())) {
      long rest = MAX_BYTES;
      for (var entry : Collections.list(zip.entries())) {
        var name = entry.getName();
        check(file, name, names);
        var target = folder.resolve(name);
        rest = copy(zip, entry, target, rest);
        if (name.endsWith(".jar")) {
          jars.add(target);
        }
      }
    }
    return new PluginBundle(folder, PluginLock.in(folder), jars);
  }

  private static void check(Path file, String name, HashSet<String> names) throws IndexException {
    if (!NAME.matcher(name).matches()) {
      throw new IndexException(
          "%s is not a bundle of plugins: it holds \"%s\". Nothing was installed."
              .formatted(file, name));
    }
    if (!names.add(name) || names.size() > MAX_ENTRIES) {
      throw new IndexException(
          "%s holds %s twice, or more than %d files. Nothing was installed."
              .formatted(file, name, MAX_ENTRIES));
    }
  }

  /** Unpacks a file; returns how many bytes the others may have. */
  private static long copy(ZipFile zip, ZipEntry entry, Path target, long limit)
      throws IOException {
    long rest = limit;
    try (var in = zip.getInputStream(entry);
        var out = Files.newOutputStream(target)) {
      var buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        rest -= read;
        if (rest < 0) {
          throw new IndexException(
              "The bundle unpacks to more than %d bytes. Nothing was installed."
                  .formatted(MAX_BYTES));
        }
        out.write(buffer, 0, read);
      }
    }
    return rest;
  }

  /**
   * What its lock says of a jar; empty if it has no entry of the jar's hash.
   *
   * @throws IOException if the jar cannot be read
   */
  public Optional<LockedPlugin> entryOf(Path jar) throws IOException {
    var hash = FolderTrust.sha256(jar);
    return lock.plugins().stream().filter(each -> each.sha256().equals(hash)).findFirst();
  }
}
