package io.longline.host.plugins;

import java.io.IOException;

/** A jar holds more than is read of a jar. The message is a whole sentence. */
final class JarLimitException extends IOException {

  private static final long serialVersionUID = 1L;

  JarLimitException(String sentence) {
    super(sentence);
  }
}
