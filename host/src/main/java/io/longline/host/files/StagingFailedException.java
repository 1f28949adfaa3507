package io.longline.host.files;

import java.io.IOException;

/**
 * The output of a hook cannot be kept until its call ends, most likely because the disk is full.
 */
public final class StagingFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  public StagingFailedException(String message, IOException cause) {
    super(message, cause);
  }
}
