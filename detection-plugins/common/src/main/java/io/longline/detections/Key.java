package io.longline.detections;

import java.security.SecureRandom;

/**
 * A key of a {@link KeyTable}: the hash, of 96 bits, of a text or number. It is used again for each
 * search, so that searching makes no object. Confined to one thread.
 *
 * <p>A text is hashed from its last byte to its first, so that {@code b.example.org} has the hashes
 * of {@code example.org} and {@code org} on its way. Upper-case ASCII counts as lower-case. The
 * multipliers are random in each process, so that nobody can make up names of equal hashes.
 */
public final class Key {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long FIRST_FACTOR = RANDOM.nextLong() | 1;
  private static final long SECOND_FACTOR = RANDOM.nextLong() | 1;
  private static final long SEED = RANDOM.nextLong();

  private long first;
  private long second;

  /** Starts the key of an empty text. */
  public Key start(int kind) {
    first = mixed(SEED + kind);
    second = mixed(first);
    return this;
  }

  /** Puts a byte before the text so far. */
  public void prepend(byte b) {
    add(b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b & 0xFF);
  }

  private void add(int value) {
    first = (first ^ value) * FIRST_FACTOR;
    first ^= first >>> 29;
    second = (second ^ value) * SECOND_FACTOR;
    second ^= second >>> 31;
  }

  /** The key of a text of some kind. */
  public Key text(int kind, byte[] bytes, int from, int to) {
    start(kind);
    for (int i = to - 1; i >= from; i--) {
      prepend(bytes[i]);
    }
    return this;
  }

  /** The key of a text of some kind in which upper case is not lower case. */
  public Key exactText(int kind, byte[] bytes, int from, int to) {
    start(kind);
    for (int i = to - 1; i >= from; i--) {
      add(bytes[i] & 0xFF);
    }
    return this;
  }

  /** The key of a number of 128 bits, of some kind. */
  public Key number(int kind, long high, long low) {
    // The factors are odd: no two numbers of 64 bits are equal, and the rest is mixed later.
    long start = mixed(SEED + kind);
    first = start ^ high * FIRST_FACTOR ^ low * SECOND_FACTOR;
    second = ~start + high * SECOND_FACTOR + low * FIRST_FACTOR;
    return this;
  }

  /** The part by which a table is sorted. */
  long first() {
    return mixed(first);
  }

  /** The part that distinguishes keys whose first part is equal. */
  int second() {
    return (int) (mixed(second) >>> 32);
  }

  /** The last step of MurmurHash3, which is public domain. */
  private static long mixed(long value) {
    long mixed = value;
    mixed ^= mixed >>> 33;
    mixed *= 0xFF51AFD7ED558CCDL;
    mixed ^= mixed >>> 33;
    mixed *= 0xC4CEB9FE1A85EC53L;
    return mixed ^ mixed >>> 33;
  }
}
