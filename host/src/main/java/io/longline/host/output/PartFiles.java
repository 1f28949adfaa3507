package io.longline.host.output;

import io.longline.host.files.FileAccess;
import io.longline.host.window.PartFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of calls on the disk: those of calls that are committed together are in one file, so
 * that the group costs one wait for the disk. Confined to the committing thread, but for {@link
 * #sweep}.
 *
 * <p>A file is there before the ledger's transaction that refers to its parts. A crash before that
 * transaction leaves a file that nothing refers to, which is removed later.
 */
public final class PartFiles {

  private static final Logger LOG = LoggerFactory.getLogger(PartFiles.class);

  private final WindowFolder folder;
  private final String host;
  private final boolean isDurable;
  private long number;

  /**
   * The parts of one start of a host.
   *
   * @param host the id of this start
   * @param isDurable whether a part must outlast a crash of the machine
   */
  public PartFiles(WindowFolder folder, String host, boolean isDurable) {
    this.folder = folder;
    this.host = host;
    this.isDurable = isDurable;
  }

  /**
   * Writes the facts of some calls to the disk.
   *
   * @return for each call its part; null if it has no facts
   * @throws IOException if they cannot be written; nothing is left
   */
  public List<@Nullable StoredPart> stage(List<StagedOutputs> calls) throws IOException {
    var parts = new ArrayList<@Nullable StoredPart>();
    if (calls.stream().allMatch(call -> call.stagedFacts() == null)) {
      calls.forEach(call -> parts.add(null));
      return parts;
    }
    number++;
    var name = host + "-" + number + ".parts";
    try {
      write(name, calls, parts);
      return parts;
    } catch (IOException e) {
      delete(name);
      throw e;
    }
  }

  private void write(String name, List<StagedOutputs> calls, List<@Nullable StoredPart> parts)
      throws IOException {
    try (var own = folder.openParts();
        var channel = own.file(name, FileAccess.OWNER)) {
      var out = new BufferedOutputStream(Channels.newOutputStream(channel));
      long position = 0;
      for (var call : calls) {
        var facts = call.stagedFacts();
        if (facts == null) {
          parts.add(null);
        } else {
          facts.copyTo(out);
          out.flush();
          parts.add(stored(name, position, facts.size()));
          position += facts.size();
        }
      }
      if (isDurable) {
        channel.force(true);
      }
    }
  }

  /** Its sections are read from the file, which shows that they are there. */
  private StoredPart stored(String name, long position, long length) throws IOException {
    var part = new PartFile(WindowFolder.parts(folder.path(), name), position, length, "this call");
    return new StoredPart(name, position, length, part.sections());
  }

  /** Removes a file that nothing refers to. */
  public void delete(String name) {
    try (var own = folder.openParts()) {
      if (own.attributes(name) != null) {
        own.deleteFile(name);
      }
    } catch (IOException e) {
      LOG.debug("{} could not be removed; it is tried again later.", name, e);
    }
  }

  /** What the ledger knows of the files of parts. */
  public interface Knowledge {

    /**
     * Those of some files that are needed.
     *
     * @param names their names
     * @throws IOException if the ledger cannot be read
     */
    Set<String> needed(List<String> names) throws IOException;
  }

  /**
   * Removes the files that are not needed. Thread-safe.
   *
   * @param knowledge is asked after the names were read
   * @param isAlive says of the id of a start of a host whether it may be about to refer to a file
   * @return how many were removed
   * @throws IOException if the folder or the ledger cannot be read
   */
  public static int sweep(WindowFolder folder, Knowledge knowledge, Predicate<String> isAlive)
      throws IOException {
    int removed = 0;
    try (var own = folder.openParts()) {
      var names = own.names();
      var needed = knowledge.needed(names);
      for (var name : names) {
        int dash = name.lastIndexOf('-');
        if (!needed.contains(name) && dash > 0 && !isAlive.test(name.substring(0, dash))) {
          own.deleteFile(name);
          removed++;
        }
      }
    }
    return removed;
  }
}
