package io.longline.host.output;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of calls, and what calls for windows write, on the disk. Confined to the committing
 * thread.
 *
 * @param parts the parts; null if this host has no folder for them
 * @param outputs what windows write; null if this host has no folder for it
 */
public record WindowFiles(@Nullable PartFiles parts, @Nullable WindowOutputs outputs) {

  /** Files of a host whose hooks have no windows. */
  public static WindowFiles none() {
    return new WindowFiles(null, null);
  }

  /**
   * Writes the facts of calls to the disk.
   *
   * @return for each call its part; null if it has no facts
   * @throws IOException if they cannot be written
   */
  public List<@Nullable StoredPart> stageParts(List<StagedOutputs> calls) throws IOException {
    if (parts == null) {
      throw new IOException("There is no folder for parts.");
    }
    return parts.stage(calls);
  }

  /** The outputs of windows, which this host has. */
  public WindowOutputs ofWindows() throws IOException {
    if (outputs == null) {
      throw new IOException("There is no folder for the outputs of windows.");
    }
    return outputs;
  }
}
