package io.longline.plugins.dnsanomalies;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.longline.detections.RegisteredDomains;

/**
 * A name that is looked at: in small letters, with its registered domain. Confined to one thread.
 */
final class QueryName {

  private static final byte[] ARPA = ".arpa".getBytes(US_ASCII);
  private static final byte[] LOCAL = ".local".getBytes(US_ASCII);

  private final RegisteredDomains domains = RegisteredDomains.bundled();
  private final LetterEntropy entropy = new LetterEntropy();
  private byte[] bytes = {};
  private int length;
  private int domainStart;
  private long hash;

  /**
   * Looks at another name, and makes its letters small in place.
   *
   * @param name its bytes
   * @param end how many of the bytes are the name
   * @return whether it has a dot, but for one at its end; otherwise it is none that the DNS of the
   *     internet could have, and nothing may be asked about it
   */
  boolean read(byte[] name, int end) {
    bytes = name;
    length = end > 0 && name[end - 1] == '.' ? end - 1 : end;
    boolean hasDot = false;
    for (int i = 0; i < length; i++) {
      byte letter = name[i];
      if (letter >= 'A' && letter <= 'Z') {
        name[i] = (byte) (letter + 'a' - 'A');
      }
      hasDot |= letter == '.';
    }
    if (hasDot) {
      hash = NameHash.of(bytes, 0, length);
      domainStart = endsWith(ARPA) || endsWith(LOCAL) ? -1 : domains.start(bytes, length);
    }
    return hasDot;
  }

  private boolean endsWith(byte[] suffix) {
    int at = length - suffix.length;
    for (int i = 0; i < suffix.length; i++) {
      if (at < 0 || bytes[at + i] != suffix[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether it has a registered domain that is counted: those of arpa and local are not. */
  boolean hasDomain() {
    return domainStart >= 0;
  }

  /** The bytes, of which the first {@link #length()} are the name. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Where the registered domain starts, which ends with the name. */
  int domainStart() {
    return domainStart;
  }

  /** The hash of the whole name. */
  long hash() {
    return hash;
  }

  /** The entropy of what is below the registered domain, in thousandths of a bit a byte. */
  int entropy() {
    return entropy.thousandths(bytes, 0, domainStart);
  }
}
