package io.longline.host.isolation;

import java.io.IOException;

/** The system does not give what a worker takes: a process, a socket, a file. */
final class NoWorkerException extends IOException {

  private static final long serialVersionUID = 1;

  NoWorkerException(IOException cause) {
    super(
        cause.getMessage() + ". This machine, or the limits of this process, left no room.", cause);
  }
}
