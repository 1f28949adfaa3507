package io.longline.host.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The entries of a jar, as bytes that a test may change as it likes. */
public final class JarBytes {

  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  /** The entries of a good jar. */
  public static JarBytes of(Path jar) throws IOException {
    var bytes = new JarBytes();
    try (var in = new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(jar)))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        bytes.entries.put(entry.getName(), in.readAllBytes());
      }
    }
    return bytes;
  }

  /** A copy. */
  public JarBytes copy() {
    var copy = new JarBytes();
    copy.entries.putAll(entries);
    return copy;
  }

  /** Adds an entry, or changes it. */
  public JarBytes put(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  /** Adds an entry, or changes it. */
  public JarBytes put(String name, String text) {
    return put(name, text.getBytes(UTF_8));
  }

  /** The bytes of an entry that is there. */
  public byte[] get(String name) {
    return entries.get(name).clone();
  }

  /** Gives an entry another name. */
  public JarBytes move(String from, String to) {
    entries.put(to, entries.remove(from));
    return this;
  }

  /** Writes a jar. */
  public Path write(Path file) throws IOException {
    return Files.write(file, zip());
  }

  /** A jar. */
  public byte[] zip() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(bytes)) {
      for (var entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
