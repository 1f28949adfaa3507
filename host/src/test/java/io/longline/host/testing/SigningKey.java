package io.longline.host.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/** A key that signs files as minisign does, in its old way: the file itself and not its hash. */
public final class SigningKey {

  private static final int KEY_BYTES = 32;

  private final byte[] id;
  private final KeyPair pair;

  private SigningKey(byte[] id, KeyPair pair) {
    this.id = id;
    this.pair = pair;
  }

  /** A new key whose id consists of this byte. */
  public static SigningKey withId(int each) {
    var id = new byte[8];
    Arrays.fill(id, (byte) each);
    try {
      return new SigningKey(id, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its id as minisign shows it. */
  public String id() {
    return "%02X".formatted(id[0]).repeat(id.length);
  }

  /** The text of its public key. */
  public String publicKey() {
    // The key is the end of its encoding (RFC 8410).
    var encoded = pair.getPublic().getEncoded();
    var key = Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    return "untrusted comment: minisign public key " + id() + "\n" + line("Ed", key) + "\n";
  }

  /** Writes its public key into a folder. */
  public Path writeTo(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    return Files.writeString(folder.resolve(name), publicKey());
  }

  /** The text of a signature. */
  public String signatureOf(byte[] content) {
    return signatureOf(content, "timestamp:1795818750");
  }

  /** The text of a signature with a trusted comment. */
  public String signatureOf(byte[] content, String comment) {
    var signature = sign(content);
    var both = Arrays.copyOf(signature, signature.length + comment.getBytes(UTF_8).length);
    System.arraycopy(
        comment.getBytes(UTF_8), 0, both, signature.length, both.length - signature.length);
    return "untrusted comment: a signature\n%s\ntrusted comment: %s\n%s\n"
        .formatted(line("Ed", signature), comment, Base64.getEncoder().encodeToString(sign(both)));
  }

  /** Signs a file; the signature lies beside it. */
  public Path sign(Path file) throws IOException {
    return Files.writeString(Path.of(file + ".minisig"), signatureOf(Files.readAllBytes(file)));
  }

  private byte[] sign(byte[] content) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String line(String algorithm, byte[] bytes) {
    var all = Arrays.copyOf(algorithm.getBytes(UTF_8), 2 + id.length + bytes.length);
    System.arraycopy(id, 0, all, 2, id.length);
    System.arraycopy(bytes, 0, all, 2 + id.length, bytes.length);
    return Base64.getEncoder().encodeToString(all);
  }
}
