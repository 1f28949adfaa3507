package io.longline.host.trust;

/** A text is not a key or a signature; the message is to be put after a colon. */
final class MalformedSignatureException extends Exception {

  private static final long serialVersionUID = 1;

  MalformedSignatureException(String message) {
    super(message);
  }
}
