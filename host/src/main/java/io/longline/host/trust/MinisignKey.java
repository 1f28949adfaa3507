package io.longline.host.trust;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/**
 * A public key as minisign writes it: a comment, and in base 64 the letters {@code Ed}, eight bytes
 * for its id, and an Ed25519 key after RFC 8032. Immutable.
 */
final class MinisignKey {

  static final String COMMENT = "untrusted comment:";

  private static final String ALGORITHM = "Ed25519";
  private static final int LENGTH = 32;

  private final String id;
  private final PublicKey key;

  private MinisignKey(String id, PublicKey key) {
    this.id = id;
    this.key = key;
  }

  /**
   * Reads the text of a file.
   *
   * @throws MalformedSignatureException if it is not a key
   */
  static MinisignKey parse(String text) throws MalformedSignatureException {
    var lines = new MinisignText(text);
    lines.line(1, COMMENT);
    var bytes = lines.bytes(2, MinisignText.HEAD + LENGTH);
    lines.endsWith(2);
    if (!MinisignText.algorithm(bytes).equals("Ed")) {
      throw new MalformedSignatureException("it is a key for another algorithm than Ed25519");
    }
    return new MinisignKey(
        MinisignText.keyId(bytes),
        publicKey(Arrays.copyOfRange(bytes, MinisignText.HEAD, bytes.length)));
  }

  /** Section 5.1.2 of RFC 8032: y with the lowest byte first, and in the top bit the sign of x. */
  private static PublicKey publicKey(byte[] littleEndian) throws MalformedSignatureException {
    var bytes = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      bytes[i] = littleEndian[LENGTH - 1 - i];
    }
    boolean isOdd = bytes[0] < 0;
    bytes[0] &= 0x7f;
    var point = new EdECPoint(isOdd, new BigInteger(1, bytes));
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    } catch (GeneralSecurityException e) {
      throw new MalformedSignatureException("it is not an Ed25519 key");
    }
  }

  /** Its id, as minisign shows it: 16 hexadecimal digits. */
  String id() {
    return id;
  }

  /** Whether a signature of these bytes was made with the key. */
  boolean hasSigned(byte[] content, byte[] signature) {
    try {
      var check = Signature.getInstance(ALGORITHM);
      check.initVerify(key);
      check.update(content);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      // The bytes are no signature at all, or the key is no point of the curve.
      return false;
    }
  }
}
