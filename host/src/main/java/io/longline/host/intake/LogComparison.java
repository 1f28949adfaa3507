package io.longline.host.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.FoundLog;
import io.longline.host.ledger.FoundLog.Likeness;
import io.longline.host.ledger.LogContent;
import io.longline.host.ledger.LogContent.Extent;
import io.longline.host.ledger.RecordedLog;
import io.longline.zeek.HostAccess;
import io.longline.zeek.LogFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the logs of a directory with those that the ledger has of it, by their content: the name
 * of a log is not its identity. Confined to one thread.
 *
 * <p>Two logs are the same only if their first bytes, their length and a checksum of all their
 * bytes are the same. A log that begins with all of another one, and one of which that cannot be
 * decided, is processed.
 */
public final class LogComparison {

  /** How far from its start a log says what it is. */
  private static final int PATH_BYTES = 4096;

  private final Path directory;
  private final List<RecordedLog> recorded;
  private final BooleanSupplier isEnded;
  private final List<LogFile> different = new ArrayList<>();

  /**
   * A comparison.
   *
   * @param recorded the logs that the ledger has of the directory
   * @param isEnded whether to stop reading
   */
  public LogComparison(Path directory, List<RecordedLog> recorded, BooleanSupplier isEnded) {
    this.directory = directory;
    this.recorded = new ArrayList<>(recorded);
    this.isEnded = isEnded;
  }

  /**
   * Compares some logs, each with those before it too.
   *
   * @throws InterruptedIOException if reading was ended
   */
  public List<FoundLog> of(List<FileStamp> files) throws InterruptedIOException {
    var stamps = recorded.stream().map(RecordedLog::file).collect(Collectors.toSet());
    var found = new ArrayList<FoundLog>();
    for (var file : files) {
      var log = stamps.contains(file) ? FoundLog.of(file) : found(file);
      found.add(log);
      if (log.log().content().hasHead()) {
        recorded.add(log.log());
      }
    }
    return found;
  }

  /** The logs that have been read by {@link #of} and are not the same as others. */
  public List<LogFile> different() {
    return List.copyOf(different);
  }

  private FoundLog found(FileStamp file) throws InterruptedIOException {
    var place = directory.resolve(file.name());
    try (var reader = new ContentReader(place, file, isEnded)) {
      var found = compared(file, reader);
      if (found.likeness() != Likeness.SAME) {
        HostAccess.probe(place, reader.head()).ifPresent(different::add);
      }
      return found;
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      // Whoever reads the log will report it.
      return FoundLog.of(file);
    }
  }

  private FoundLog compared(FileStamp file, ContentReader reader) throws IOException {
    var alike = alike(file.name(), reader);
    var marks = new TreeSet<Long>();
    alike.forEach(other -> marks.add(other.content().length()));
    var content = alike.isEmpty() || reader.isShort() ? reader.content() : reader.whole(marks);
    if (!content.hasHead()) {
      return withoutHead(file, content);
    }
    RecordedLog longest = null;
    RecordedLog uncertain = null;
    for (var other : alike) {
      switch (likeness(file, content, other, reader)) {
        case SAME -> {
          var log = new RecordedLog(file, other.content());
          return new FoundLog(log, Likeness.SAME, other.name());
        }
        case LONGER -> longest = preferred(longest, other, file);
        case UNCERTAIN -> uncertain = preferred(uncertain, other, file);
        case NEW, EMPTIED -> {}
      }
    }
    var log = new RecordedLog(file, content);
    if (longest != null) {
      return new FoundLog(log, Likeness.LONGER, longest.name());
    }
    return uncertain == null
        ? new FoundLog(log, isEmptied(file) ? Likeness.EMPTIED : Likeness.NEW, unknownUnder(file))
        : new FoundLog(log, Likeness.UNCERTAIN, uncertain.name());
  }

  /**
   * Whether the very file that had another log was emptied and written again: it was there when
   * that log was changed last. Not all file systems know since when a file is there.
   */
  private boolean isEmptied(FileStamp file) throws IOException {
    var before =
        recorded.stream().filter(each -> each.name().equals(file.name())).reduce((a, b) -> b);
    if (before.isEmpty() || !before.get().content().hasHead()) {
      return false;
    }
    var attributes =
        Files.readAttributes(directory.resolve(file.name()), BasicFileAttributes.class);
    return attributes.creationTime().toMillis() < before.get().file().modifiedMillis();
  }

  /** A log without rows, or one that cannot be read yet. */
  private static FoundLog withoutHead(FileStamp file, LogContent content) {
    return new FoundLog(new RecordedLog(file, content), Likeness.NEW, "");
  }

  /** The log under this very name, if there is a choice. */
  private static RecordedLog preferred(
      @Nullable RecordedLog chosen, RecordedLog other, FileStamp file) {
    return chosen != null && chosen.name().equals(file.name()) ? chosen : other;
  }

  /** Its own name if the ledger has it with unknown content: then it may be the same. */
  private String unknownUnder(FileStamp file) {
    return recorded.stream()
        .filter(each -> each.name().equals(file.name()))
        .reduce((earlier, later) -> later)
        .filter(each -> each.content().extent() == Extent.NOTHING)
        .map(RecordedLog::name)
        .orElse("");
  }

  /** The logs that the head does not rule out. */
  private List<RecordedLog> alike(String name, ContentReader reader) {
    var head = reader.head();
    if (head.length == 0 || recorded.isEmpty()) {
      return List.of();
    }
    var alike = new ArrayList<RecordedLog>();
    long digest = LogContent.digest(head, head.length);
    boolean namesItself = namesItself(head);
    var pathInName = HostAccess.pathInName(name);
    for (var other : recorded) {
      var content = other.content();
      boolean mayBe =
          content.isShort()
              ? content.length() <= head.length && beginsWith(reader, content)
              : content.hasHead()
                  && head.length == LogContent.HEAD_BYTES
                  && content.head() == digest;
      if (mayBe && (namesItself || pathInName.equals(HostAccess.pathInName(other.name())))) {
        alike.add(other);
      }
    }
    return alike;
  }

  /** Whether a log says what it is, so that its name does not. */
  private static boolean namesItself(byte[] head) {
    var text = new String(head, 0, Math.min(head.length, PATH_BYTES), ISO_8859_1);
    return text.contains("#path\t") || text.contains("\"_path\"") || text.contains("\"@stream\"");
  }

  private static boolean beginsWith(ContentReader reader, LogContent shorter) {
    int length = (int) shorter.length();
    return reader.headChecksum(length) == shorter.checksum()
        && LogContent.digest(reader.head(), length) == shorter.head();
  }

  private Likeness likeness(
      FileStamp file, LogContent content, RecordedLog other, ContentReader reader)
      throws IOException {
    var known = other.content();
    if (known.isShort()) {
      // The head has shown that the log begins with all of it.
      return content.extent() == Extent.WHOLE && content.length() == known.length()
          ? Likeness.SAME
          : Likeness.LONGER;
    }
    if (known.extent() == Extent.HEAD || content.extent() != Extent.WHOLE) {
      return isRenamed(file, other) ? Likeness.SAME : Likeness.UNCERTAIN;
    }
    if (content.length() == known.length() && content.checksum() == known.checksum()) {
      return Likeness.SAME;
    }
    if (Objects.equals(reader.checksumAt(known.length()), known.checksum())) {
      return Likeness.LONGER;
    }
    // With members before its last one, the other is longer than that.
    boolean isDecided = known.extent() == Extent.WHOLE || content.length() <= known.length();
    return isDecided ? Likeness.NEW : Likeness.UNCERTAIN;
  }

  /**
   * A file that is moved keeps its length and time; with the same head that is enough, unless the
   * other file is still in its place.
   */
  private boolean isRenamed(FileStamp file, RecordedLog other) throws IOException {
    if (file.size() != other.file().size()
        || file.modifiedMillis() != other.file().modifiedMillis()) {
      return false;
    }
    var before = directory.resolve(other.name());
    return !Files.isRegularFile(before)
        || !FileStamp.of(before).equals(other.file())
        || Files.isSameFile(before, directory.resolve(file.name()));
  }
}
