package io.longline.host.window;

import java.io.IOException;

/** The bytes of a part are not as they were written. Immutable. */
public final class DamagedPartException extends IOException {

  private static final long serialVersionUID = 1;

  DamagedPartException(String message) {
    super(message);
  }
}
