package io.longline.plugins.dnsanomalies;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.longline.detections.RegisteredDomains;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks at names. Most queries of a log are for a few names, of which the latest are kept. Confined
 * to one thread.
 */
final class Names {

  private static final int KEPT = 1 << 10;

  /** Longer ones are not kept. */
  private static final int LONGEST_KEPT = 255;

  private static final byte[] ARPA = ".arpa".getBytes(US_ASCII);
  private static final byte[] LOCAL = ".local".getBytes(US_ASCII);

  private final RegisteredDomains domains = RegisteredDomains.bundled();
  private final LetterEntropy entropy = new LetterEntropy();

  /** By the low bits of the hash code of their bytes. */
  private final @Nullable Name[] kept = new @Nullable Name[KEPT];

  /** The name of these bytes, which it takes over, and may make small letters of. */
  Name of(byte[] bytes) {
    int slot = (Arrays.hashCode(bytes) & Integer.MAX_VALUE) % KEPT;
    var known = kept[slot];
    if (known != null && Arrays.equals(known.bytes(), bytes)) {
      return known;
    }
    var name = of(bytes, bytes.length);
    if (bytes.length <= LONGEST_KEPT) {
      kept[slot] = name;
    }
    return name;
  }

  /** The name that the first of these bytes are, which it takes over. */
  Name of(byte[] bytes, int end) {
    int length = end > 0 && bytes[end - 1] == '.' ? end - 1 : end;
    if (!makeSmall(bytes, length)) {
      return new Name(bytes, length, false, -1, 0, 0, 0);
    }
    boolean isLeftOut = endsWith(bytes, length, ARPA) || endsWith(bytes, length, LOCAL);
    int start = isLeftOut ? -1 : domains.start(bytes, length);
    long hash = NameHash.of(bytes, 0, length);
    return start < 0
        ? new Name(bytes, length, true, -1, hash, 0, 0)
        : new Name(
            bytes,
            length,
            true,
            start,
            hash,
            NameHash.of(bytes, start, length),
            entropy.thousandths(bytes, 0, start));
  }

  /** Makes letters small, and returns whether there is a dot. */
  private static boolean makeSmall(byte[] bytes, int length) {
    boolean hasDot = false;
    for (int i = 0; i < length; i++) {
      byte letter = bytes[i];
      if (letter >= 'A' && letter <= 'Z') {
        bytes[i] = (byte) (letter + 'a' - 'A');
      }
      hasDot |= letter == '.';
    }
    return hasDot;
  }

  private static boolean endsWith(byte[] name, int length, byte[] suffix) {
    return length >= suffix.length
        && Arrays.equals(name, length - suffix.length, length, suffix, 0, suffix.length);
  }
}
