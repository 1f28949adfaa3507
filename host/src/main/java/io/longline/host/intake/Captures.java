package io.longline.host.intake;

import io.longline.host.event.ShellWord;
import io.longline.zeek.HostAccess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Recognises packet captures, which people name where logs are meant. Thread-safe. */
public final class Captures {

  private static final int MAGIC_BYTES = 4;

  /** The first bytes of pcap, in both byte orders, with micro- and nanoseconds, and of pcapng. */
  private static final Set<Integer> MAGIC =
      Set.of(0xA1B2C3D4, 0xD4C3B2A1, 0xA1B23C4D, 0x4D3CB2A1, 0x0A0D0D0A);

  private Captures() {}

  /** What to do with a file that is a capture, as a sentence; empty if it is none. */
  public static Optional<String> remedy(Path file) {
    try {
      // What the system makes up as it is read has no length, and may never end.
      if (!Files.isRegularFile(file) || Files.size(file) < MAGIC_BYTES) {
        return Optional.empty();
      }
      if (isCapture(Files.newInputStream(file))) {
        return Optional.of(sentence("zeek -r " + ShellWord.of(file.toAbsolutePath().toString())));
      }
      if (isCapture(HostAccess.inflated(Files.newInputStream(file)))) {
        var name = ShellWord.of(file.toAbsolutePath().toString());
        return Optional.of(sentence("gzip -dc " + name + " | zeek -r -"));
      }
      return Optional.empty();
    } catch (IOException e) {
      // Whoever reads it as a log reports that.
      return Optional.empty();
    }
  }

  private static String sentence(String command) {
    return "This is a packet capture, not a log. Have Zeek make logs of it, in an empty folder, and name that folder: "
        + command;
  }

  private static boolean isCapture(InputStream opened) throws IOException {
    try (var in = opened) {
      var start = in.readNBytes(MAGIC_BYTES);
      return start.length == MAGIC_BYTES && MAGIC.contains(ByteBuffer.wrap(start).getInt());
    }
  }
}
