package io.longline.host.trust;

import io.longline.host.settings.SmallFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys whose signatures count: the files {@code *.pub} of a folder, without those whose ids are
 * in the files {@code *.revoked}. Immutable.
 */
public final class TrustedKeys {

  /** No keys. */
  public static final TrustedKeys NONE = new TrustedKeys(Map.of(), Set.of());

  /** What the name of a signature has behind that of the file. */
  public static final String SIGNATURE = ".minisig";

  /** What the name of a key ends in. */
  public static final String KEY = ".pub";

  private static final String REVOKED = ".revoked";

  private final Map<String, MinisignKey> keys;
  private final Set<String> revoked;

  private TrustedKeys(Map<String, MinisignKey> keys, Set<String> revoked) {
    this.keys = Map.copyOf(keys);
    this.revoked = Set.copyOf(revoked);
  }

  /**
   * Reads the keys of a folder.
   *
   * @throws IOException if the folder or one of the files cannot be read, or two keys have one id:
   *     a key that nobody can read may be one that was revoked
   */
  public static TrustedKeys in(Path folder) throws IOException {
    var keys = new HashMap<String, MinisignKey>();
    var revoked = new HashSet<String>();
    for (var file : files(folder)) {
      var key = key(file);
      if (file.toString().endsWith(REVOKED)) {
        revoked.add(key.id());
      } else if (keys.putIfAbsent(key.id(), key) != null) {
        throw new IOException(
            "Two keys in %s have the id %s, %s is one of them; remove one."
                .formatted(folder, key.id(), file.getFileName()));
      }
    }
    return new TrustedKeys(keys, revoked);
  }

  private static List<Path> files(Path folder) throws IOException {
    var found = new ArrayList<Path>();
    try (var files = Files.newDirectoryStream(folder, "*{" + KEY + "," + REVOKED + "}")) {
      files.forEach(found::add);
    } catch (NoSuchFileException e) {
      throw new IOException(
          "There is no folder of keys %s; make it and put the keys of those whom you trust into it, or name another one in the setting plugins.keys."
              .formatted(folder),
          e);
    }
    found.sort(null);
    return found;
  }

  private static MinisignKey key(Path file) throws IOException {
    try {
      return MinisignKey.parse(SmallFile.text(file, MinisignText.MAX_BYTES));
    } catch (MalformedSignatureException | CharacterCodingException e) {
      throw new IOException(
          "%s is not a public key of minisign: %s. Put the key there again, or remove the file."
              .formatted(
                  file,
                  e instanceof MalformedSignatureException ? e.getMessage() : "it is no text"),
          e);
    }
  }

  /** Whether there is no key. */
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /**
   * Checks the signature that lies beside a file.
   *
   * @param file the file that people see
   * @param content what is read in its place, such as a copy
   * @throws IOException if the content, or a signature that is there, cannot be read
   */
  public Signing check(Path file, SignedContent content) throws IOException {
    var signature = signatureOf(file);
    try {
      return check(
          content,
          Files.exists(signature) ? SmallFile.text(signature, MinisignText.MAX_BYTES) : null);
    } catch (CharacterCodingException e) {
      return Signing.broken("", signature.getFileName() + " is not in UTF-8");
    } catch (NoSuchFileException e) {
      if (!Files.exists(signature)) {
        return Signing.NONE;
      }
      throw e;
    }
  }

  /**
   * Checks a signature.
   *
   * @param text the text of its file; null if there is none
   * @throws IOException if the content cannot be read
   */
  public Signing check(SignedContent content, @Nullable String text) throws IOException {
    if (text == null) {
      return Signing.NONE;
    }
    MinisignSignature signature;
    try {
      signature = MinisignSignature.parse(text);
    } catch (MalformedSignatureException e) {
      return Signing.broken("", String.valueOf(e.getMessage()));
    }
    var id = signature.keyId();
    if (revoked.contains(id)) {
      return new Signing(Signing.State.REVOKED, id, "");
    }
    var key = keys.get(id);
    if (key == null) {
      return new Signing(Signing.State.UNKNOWN_SIGNER, id, "");
    }
    var problem = signature.problem(content, key);
    return problem == null ? new Signing(Signing.State.VALID, id, "") : Signing.broken(id, problem);
  }

  /** The file of a file's signature. */
  public static Path signatureOf(Path file) {
    return file.resolveSibling(file.getFileName() + SIGNATURE);
  }
}
