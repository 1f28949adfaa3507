package io.longline.host.output;

import java.io.IOException;
import java.util.regex.Pattern;

/**
 * The outputs of a call could not be opened; they contain nothing of it. The message names the
 * output.
 */
public final class OutputFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What the system says of devices and of limits. */
  private static final Pattern SYSTEM =
      Pattern.compile(
          "No space left on device|Disk quota exceeded|Input/output error|Read-only file system|"
              + "Too many open files|Cannot allocate memory");

  OutputFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Whether the system could not do it at present, since the disk is full, say, or there is no
   * descriptor left: that is not the call's fault, and may pass.
   */
  public boolean isOfTheSystem() {
    return SYSTEM.matcher(String.valueOf(getMessage())).find();
  }
}
