package io.longline.host.output;

import java.io.IOException;

/**
 * The outputs of a call could not be opened; nothing of what it wrote is in them. The message names
 * the output.
 */
public final class OutputFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  OutputFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether there is no room, which is nobody's fault and may be over soon. */
  public boolean isDiskFull() {
    var text = String.valueOf(getMessage());
    return text.contains("No space left on device") || text.contains("Disk quota exceeded");
  }
}
