package io.longline.host.output;

import java.io.IOException;

/** What a hook writes cannot be kept until its call ends: the disk is full, most likely. */
public final class StagingFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  StagingFailedException(String message, IOException cause) {
    super(message, cause);
  }
}
