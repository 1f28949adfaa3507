package io.longline.host.ledger;

import io.longline.api.Window;
import java.util.List;

/**
 * A window that is to be done. Immutable.
 *
 * @param window the window
 * @param start its first moment, in microseconds since 1970 UTC; {@link Long#MIN_VALUE} for the
 *     whole run
 * @param end the first moment after it; {@link Long#MAX_VALUE} for the whole run
 * @param changes how often its facts had changed when it was claimed
 * @param parts the parts that may have facts of it
 * @param outputs the files that earlier calls for it have written
 */
public record WindowTask(
    Window window, long start, long end, long changes, List<PartAt> parts, List<String> outputs) {

  /** Makes copies. */
  public WindowTask {
    parts = List.copyOf(parts);
    outputs = List.copyOf(outputs);
  }

  /**
   * Where a part is.
   *
   * @param file the name of the file that it is in
   * @param position where it starts in the file, in bytes
   * @param length the number of its bytes
   * @param earliest the earliest event time in it, in microseconds since 1970 UTC
   * @param latest the latest event time in it
   * @param origin the directory that it is of
   */
  public record PartAt(
      String file, long position, long length, long earliest, long latest, String origin) {}
}
