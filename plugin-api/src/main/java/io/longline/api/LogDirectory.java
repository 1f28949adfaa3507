package io.longline.api;

import io.longline.zeek.HostAccess;
import io.longline.zeek.LogFile;
import io.longline.zeek.ReadReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A folder of Zeek logs, as a batch: those of its files that are processed together. Immutable.
 *
 * <p>Works without a host: {@code LogDirectory.of(path)}.
 *
 * @since 0.1.0
 */
public final class LogDirectory {

  private final Path path;
  private final List<LogFile> logs;

  private LogDirectory(Path path, List<LogFile> logs) {
    this.path = path;
    this.logs = List.copyOf(logs);
  }

  /**
   * All logs in a folder itself, not in folders below it. Other files are skipped.
   *
   * @throws IOException if the folder or a file in it cannot be read
   */
  public static LogDirectory of(Path folder) throws IOException {
    var path = absolute(folder);
    List<Path> files;
    try (var entries = Files.list(path)) {
      files = entries.filter(Files::isRegularFile).sorted(LogFile.byTime()).toList();
    }
    var logs = new ArrayList<LogFile>();
    for (var file : files) {
      LogFile.probe(file).ifPresent(logs::add);
    }
    return new LogDirectory(path, logs);
  }

  /**
   * Some of the logs of a folder. Files whose content is not that of a log are skipped; whether the
   * name is one that a log may have does not matter here.
   *
   * @param names the names of files in the folder itself
   * @throws IOException if one of them does not exist or cannot be read
   * @throws IllegalArgumentException if one of them is not in the folder itself
   */
  public static LogDirectory of(Path folder, Collection<String> names) throws IOException {
    var path = absolute(folder);
    var files = names.stream().map(path::resolve).sorted(LogFile.byTime()).toList();
    var logs = new ArrayList<LogFile>();
    for (var file : files) {
      if (!path.equals(file.getParent())) {
        throw new IllegalArgumentException(file + " is not in the folder " + path + " itself.");
      }
      HostAccess.probe(file).ifPresent(logs::add);
    }
    return new LogDirectory(path, logs);
  }

  /**
   * An absolute path without dots. A path with {@code ..} is resolved by the file system, since it
   * may go through symbolic links.
   */
  private static Path absolute(Path folder) throws IOException {
    boolean goesUp = folder.toString().contains("..");
    return goesUp ? folder.toRealPath() : folder.toAbsolutePath().normalize();
  }

  /** A copy whose readers pass their report to this consumer when they are closed. */
  LogDirectory withReports(BiConsumer<LogFile, ReadReport> onClose) {
    return new LogDirectory(
        path, logs.stream().map(log -> HostAccess.withReports(log, onClose)).toList());
  }

  /** The absolute path of the folder. */
  public Path path() {
    return path;
  }

  /** The log name: the folder's own name. */
  public String name() {
    var name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }

  /** The files of the batch, ordered by path, rotated ones by time. */
  public List<LogFile> logs() {
    return logs;
  }

  /**
   * The files that hold this log, such as {@code conn}, the oldest first: usually one, none if
   * there is no such log. A JSON stream of many logs is among them, as a file of this log alone.
   *
   * @throws IllegalArgumentException if this is the name of a file, such as {@code conn.log}, since
   *     no log would ever be found by it
   */
  public List<LogFile> logs(String logPath) {
    if (logPath.endsWith(".log") || logPath.contains(".log.")) {
      throw new IllegalArgumentException(
          "\"%s\" is the name of a file; a log is named by its path, such as \"%s\"."
              .formatted(logPath, logPath.substring(0, logPath.indexOf('.'))));
    }
    return find(logPath);
  }

  /** The files that hold this log, whatever its name. */
  List<LogFile> find(String logPath) {
    return logs.stream().filter(log -> log.mayHold(logPath)).map(log -> log.only(logPath)).toList();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
