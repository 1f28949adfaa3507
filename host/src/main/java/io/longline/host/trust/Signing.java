package io.longline.host.trust;

/**
 * Whether something is signed, and by whom. Immutable.
 *
 * @param state the result of the check
 * @param signer the id of the key that the signature names, 16 hexadecimal digits; empty if there
 *     is no signature that could be read
 * @param why what is wrong, to be put after a colon; empty if there is nothing to add
 */
public record Signing(State state, String signer, String why) {

  /** The results of a check. */
  public enum State {
    /** There is no signature. */
    UNSIGNED,
    /** A trusted key has signed it. */
    VALID,
    /** There is a signature, and it is not one of this content. */
    BROKEN,
    /** There is no trusted key of the id that the signature names. */
    UNKNOWN_SIGNER,
    /** The key was revoked. */
    REVOKED
  }

  /** No signature. */
  static final Signing NONE = new Signing(State.UNSIGNED, "", "");

  static Signing broken(String signer, String why) {
    return new Signing(State.BROKEN, signer, why);
  }

  /** Whether a trusted key has signed it. */
  public boolean isValid() {
    return state == State.VALID;
  }

  /** The key that has signed it; empty if it is not validly signed. */
  public String validSigner() {
    return isValid() ? signer : "";
  }
}
