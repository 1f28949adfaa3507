package io.longline.plugins.sigma;

/**
 * A document that cannot be used: what is wrong in it, in a sentence for the person who wrote or
 * installed it.
 */
final class RuleException extends Exception {

  private static final long serialVersionUID = 1L;

  RuleException(String message) {
    super(message);
  }
}
