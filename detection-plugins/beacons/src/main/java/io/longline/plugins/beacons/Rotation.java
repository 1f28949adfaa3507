package io.longline.plugins.beacons;

import io.longline.zeek.LogFile;
import io.longline.zeek.LogRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The rotation of the file that is read: a directory may have the files of a whole day, and logs
 * are joined within an hour, as RITA does, and as they are where each hour is a batch of its own.
 * Confined to one thread: it remembers the last file.
 */
final class Rotation {

  /** The numbers of digits of 2024-04-21 18:00:00, of 18:00:00, and of 00:00. */
  private static final int DATE_AND_TIME = 14;

  private static final int TIME = 6;
  private static final int MINUTES_AND_SECONDS = 4;

  private String file = "";
  private long hash;

  /** The key under which a connection is joined: of its uid and the rotation of its file. */
  long key(LogRecord record, long uid) {
    var present = record.file();
    if (!present.equals(file)) {
      file = present;
      hash = hash(present);
    }
    return hash == 0 ? uid : Hash.of(uid, hash);
  }

  /** 0 if the name of the file has no time. */
  private static long hash(String file) {
    try {
      var time = LogFile.rotation(Path.of(file)).getBytes(StandardCharsets.UTF_8);
      return time.length == 0 ? 0 : Hash.of(time, 0, upToHour(time.length));
    } catch (InvalidPathException e) {
      return 0;
    }
  }

  /** Logs of an hour may have been opened at different moments of it. */
  private static int upToHour(int digits) {
    return digits == DATE_AND_TIME || digits == TIME ? digits - MINUTES_AND_SECONDS : digits;
  }
}
