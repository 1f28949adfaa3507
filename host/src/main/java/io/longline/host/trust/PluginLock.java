package io.longline.host.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.host.files.FileAccess;
import io.longline.host.files.ReplacedFile;
import io.longline.host.settings.SmallFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The jars that somebody wanted in a plugins folder: its file {@code plugins.lock}. Of one plugin
 * there is one entry, but for the time while it is exchanged. Immutable.
 */
public final class PluginLock {

  /** The name of the file. */
  public static final String FILE = "plugins.lock";

  private static final int MAX_BYTES = 4 << 20;

  private static final PluginLock EMPTY = new PluginLock(List.of());

  private final List<LockedPlugin> plugins;

  private PluginLock(List<LockedPlugin> plugins) {
    this.plugins =
        plugins.stream()
            .sorted(Comparator.comparing(LockedPlugin::id).thenComparing(LockedPlugin::version))
            .toList();
  }

  /**
   * Reads the lock of a folder; there is none before the first plugin is installed.
   *
   * @throws IOException if it cannot be read, or is damaged; the message says what to do
   */
  public static PluginLock in(Path folder) throws IOException {
    var file = folder.resolve(FILE);
    try {
      return new PluginLock(
          LockText.parse(SmallFile.text(file, MAX_BYTES, LinkOption.NOFOLLOW_LINKS)));
    } catch (NoSuchFileException e) {
      return EMPTY;
    } catch (LockSyntaxException e) {
      throw new IOException(
          "%s:%d: %s. Fix the line, or remove the file and record the jars of the folder again."
              .formatted(file, e.line(), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Changes the lock of a folder: writes a new file, has it written to the disk, and puts it into
   * the place of the old one. A crash leaves the one or the other. Commands that change it at the
   * same time wait for each other.
   *
   * @throws IOException if that fails
   */
  public static synchronized PluginLock change(Path folder, UnaryOperator<PluginLock> change)
      throws IOException {
    FileAccess.ALL.makeFolders(folder);
    try (var guard =
        FileChannel.open(
            folder.resolve("." + FILE + ".guard"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      // Closing the file gives the lock up.
      guard.lock();
      var before = in(folder);
      var after = change.apply(before);
      if (!after.plugins.equals(before.plugins)) {
        after.write(folder);
      }
      return after;
    }
  }

  private void write(Path folder) throws IOException {
    ReplacedFile.write(folder.resolve(FILE), text().getBytes(UTF_8));
  }

  /** A lock of these entries. */
  public static PluginLock of(List<LockedPlugin> entries) {
    return new PluginLock(entries);
  }

  /** The text of the file. */
  public String text() {
    return LockText.of(plugins);
  }

  /** All entries, by id. */
  public List<LockedPlugin> plugins() {
    return plugins;
  }

  /** The entry of a plugin; the newest if it is being exchanged. */
  public Optional<LockedPlugin> of(String id) {
    return plugins.stream()
        .filter(each -> each.isOf(id))
        .max(Comparator.comparing(LockedPlugin::time));
  }

  /** Whether a plugin has an entry with this hash. */
  public boolean has(String id, String sha256) {
    return plugins.stream().anyMatch(each -> each.isOf(id) && each.sha256().equals(sha256));
  }

  /** Whether it has no entry. */
  public boolean isEmpty() {
    return plugins.isEmpty();
  }

  /** A copy with another entry, beside those of the same plugin with other hashes. */
  public PluginLock with(LockedPlugin added) {
    var more = new ArrayList<>(plugins);
    more.removeIf(each -> each.isOf(added.id()) && each.sha256().equals(added.sha256()));
    more.add(added);
    return new PluginLock(more);
  }

  /** A copy with this entry as the only one of its plugin. */
  public PluginLock withOnly(LockedPlugin entry) {
    return without(entry.id()).with(entry);
  }

  /** A copy without the entries of a plugin. */
  public PluginLock without(String id) {
    return new PluginLock(plugins.stream().filter(each -> !each.isOf(id)).toList());
  }
}
