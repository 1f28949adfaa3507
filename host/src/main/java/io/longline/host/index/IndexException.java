package io.longline.host.index;

import java.io.IOException;

/** An index, or what it names, cannot be used; the message is a sentence for people. */
public final class IndexException extends IOException {

  private static final long serialVersionUID = 1;

  IndexException(String sentence) {
    super(sentence);
  }

  IndexException(String sentence, Exception cause) {
    super(sentence, cause);
  }
}
