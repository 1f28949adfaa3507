package io.longline.host.plugins;

import io.longline.host.files.SharedFolder;
import io.longline.host.trust.TrustedKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A copy of a jar, and of its signature, in a folder that only this user can write: what is checked
 * there is what is installed, whatever becomes of the file that it was made of. Closing removes it;
 * a crash leaves it in the folder for temporary files. Confined to one thread.
 *
 * @param file the copy, of the same name
 */
public record StagedJar(Path file) implements AutoCloseable {

  /** A signature has four lines. */
  private static final int MAX_SIGNATURE = 64 << 10;

  /** Whether a file is worth a copy; any other is bad, however large it is. */
  public static boolean isWorth(Path jar) {
    try {
      JarLimits.check(jar);
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /**
   * Copies a jar with its signature, if there is one beside it.
   *
   * @throws IOException if it cannot be read, or the copy cannot be written
   */
  public static StagedJar of(Path jar) throws IOException {
    var staged = named(jar.getFileName().toString());
    boolean isDone = false;
    try {
      try (var in = Files.newInputStream(jar)) {
        copy(in, staged.file());
      }
      var signature = TrustedKeys.signatureOf(jar);
      if (Files.isRegularFile(signature)) {
        try (var in = Files.newInputStream(signature)) {
          staged.sign(in);
        }
      }
      isDone = true;
      return staged;
    } finally {
      if (!isDone) {
        staged.close();
      }
    }
  }

  /**
   * A place for a jar that is to be written there.
   *
   * @param name the name of its file
   * @throws IOException if there is no place, or the name is not one of a jar
   */
  public static StagedJar named(String name) throws IOException {
    var only = Path.of(name).getFileName();
    if (only == null || !only.toString().equals(name) || name.isBlank()) {
      throw new IOException("\"" + name + "\" is not the name of a file");
    }
    return new StagedJar(
        Files.createTempDirectory(SharedFolder.forTemporaryFiles(), "longline-jar-").resolve(name));
  }

  /** Writes its signature, up to a limit that no signature reaches. */
  public void sign(InputStream signature) throws IOException {
    Files.write(TrustedKeys.signatureOf(file), signature.readNBytes(MAX_SIGNATURE));
  }

  private static void copy(InputStream in, Path copy) throws IOException {
    try (var out =
        Files.newOutputStream(
            copy,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      in.transferTo(out);
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(TrustedKeys.signatureOf(file));
    var folder = file.getParent();
    if (folder != null) {
      Files.deleteIfExists(folder);
    }
  }
}
