package io.longline.host.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A detached signature as minisign writes it: of a file ({@code Ed}) or of the file's BLAKE2b hash
 * ({@code ED}), and a second one over the first and the trusted comment. Immutable.
 */
final class MinisignSignature {

  private static final String TRUSTED_COMMENT = "trusted comment: ";
  private static final int LENGTH = 64;

  /** The largest file that is signed itself, since all of it must be in memory, in bytes. */
  private static final int MAX_UNHASHED = 64 << 20;

  private final boolean isHashed;
  private final String keyId;
  private final byte[] signature;
  private final String comment;
  private final byte[] ofComment;

  private MinisignSignature(
      boolean isHashed, String keyId, byte[] signature, String comment, byte[] ofComment) {
    this.isHashed = isHashed;
    this.keyId = keyId;
    this.signature = signature;
    this.comment = comment;
    this.ofComment = ofComment;
  }

  /**
   * Reads the text of a file.
   *
   * @throws MalformedSignatureException if it is not a signature
   */
  static MinisignSignature parse(String text) throws MalformedSignatureException {
    var lines = new MinisignText(text);
    lines.line(1, MinisignKey.COMMENT);
    var bytes = lines.bytes(2, MinisignText.HEAD + LENGTH);
    var comment = lines.line(3, TRUSTED_COMMENT);
    var ofComment = lines.bytes(4, LENGTH);
    lines.endsWith(4);
    var algorithm = MinisignText.algorithm(bytes);
    if (!algorithm.equals("ED") && !algorithm.equals("Ed")) {
      throw new MalformedSignatureException("it is made by another algorithm than Ed25519");
    }
    return new MinisignSignature(
        algorithm.equals("ED"),
        MinisignText.keyId(bytes),
        Arrays.copyOfRange(bytes, MinisignText.HEAD, bytes.length),
        comment,
        ofComment);
  }

  /** The id of the key that it says it was made with. */
  String keyId() {
    return keyId;
  }

  /**
   * What is wrong with it, to be put after a colon; null if it is a signature of the content.
   *
   * @param key the key of its id
   * @throws IOException if the content cannot be read
   */
  @Nullable String problem(SignedContent content, MinisignKey key) throws IOException {
    if (!key.hasSigned(withComment(), ofComment)) {
      return "the signature or its trusted comment was changed";
    }
    var signed = isHashed ? hash(content) : whole(content);
    if (signed == null) {
      return "it is of an old kind that is for at most %d bytes; sign the file with minisign -S -H"
          .formatted(MAX_UNHASHED);
    }
    return key.hasSigned(signed, signature) ? null : "it is a signature of other content";
  }

  private byte[] withComment() {
    var all = new ByteArrayOutputStream();
    all.writeBytes(signature);
    all.writeBytes(comment.getBytes(UTF_8));
    return all.toByteArray();
  }

  private static byte[] hash(SignedContent content) throws IOException {
    try (var in = content.open()) {
      return Blake2b.of(in);
    }
  }

  /** All of the content; null if it is too large. */
  private static byte @Nullable [] whole(SignedContent content) throws IOException {
    try (var in = content.open()) {
      var bytes = in.readNBytes(MAX_UNHASHED + 1);
      return bytes.length > MAX_UNHASHED ? null : bytes;
    }
  }
}
