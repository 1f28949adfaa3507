package io.longline.host.output;

import java.io.IOException;

/**
 * The outputs of a call could not be opened; they contain nothing of it. The message names the
 * output.
 */
public final class OutputFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  OutputFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Whether the disk or the quota is full, or the process has no file descriptor left, which is not
   * the call's fault and may pass soon.
   */
  public boolean isOfHost() {
    var text = String.valueOf(getMessage());
    return text.contains("No space left on device")
        || text.contains("Disk quota exceeded")
        || DescriptorShortage.isIn(text);
  }
}
