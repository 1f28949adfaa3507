package io.longline.plugins.beacons;

import io.longline.api.LogDirectory;
import io.longline.zeek.LogFile;
import io.longline.zeek.LogRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The rotation of the file that is read: a directory may have the files of a whole day, and logs
 * are joined within an hour, as RITA does, and as they are where each hour is a batch of its own. A
 * file whose hour no file of connections has is joined with all: there the names show no hourly
 * rotation. Confined to one thread: it remembers the last file.
 */
final class Rotation {

  /** The numbers of digits of 2024-04-21 18:00:00 and of 18:00:00; others are no times. */
  private static final int DATE_AND_TIME = 14;

  private static final int TIME = 6;
  private static final int MINUTES_AND_SECONDS = 4;

  /** The hours of the files of connections; empty if the name of one does not say. */
  private final Set<String> hours;

  private String file = "";
  private long hash;

  private Rotation(Set<String> hours) {
    this.hours = hours;
  }

  /**
   * That of a batch.
   *
   * @param path the path of the log that has the connections
   */
  static Rotation of(LogDirectory logs, String path) {
    var hours = new HashSet<String>();
    for (var log : logs.logs(path)) {
      hours.add(hour(log.file()));
    }
    return new Rotation(hours.contains("") ? Set.of() : hours);
  }

  /** The key under which a connection is joined: of its uid and, if there is one, of its hour. */
  long key(LogRecord record, long uid) {
    var present = record.file();
    if (!present.equals(file)) {
      file = present;
      hash = hash(present);
    }
    return hash == 0 ? uid : Hash.of(uid, hash);
  }

  /** 0 if the file is joined with all. */
  private long hash(String name) {
    try {
      var hour = hour(Path.of(name));
      var bytes = hour.getBytes(StandardCharsets.UTF_8);
      return hours.contains(hour) ? Hash.of(bytes, 0, bytes.length) : 0;
    } catch (InvalidPathException e) {
      return 0;
    }
  }

  /** Logs of an hour may have been opened at different moments of it. */
  private static String hour(Path file) {
    var time = LogFile.rotation(file);
    return time.length() == DATE_AND_TIME || time.length() == TIME
        ? time.substring(0, time.length() - MINUTES_AND_SECONDS)
        : "";
  }
}
