package io.longline.host.trust;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * BLAKE2b with 64 bytes of result and without a key, after RFC 7693. The JDK does not have it, and
 * minisign signs it in place of the file. Confined to one thread; to be used for one text.
 */
final class Blake2b {

  private static final int BLOCK = 128;
  private static final int RESULT = 64;
  private static final int ROUNDS = 12;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Section 2.6. */
  private static final long[] START = {
    0x6a09e667f3bcc908L,
    0xbb67ae8584caa73bL,
    0x3c6ef372fe94f82bL,
    0xa54ff53a5f1d36f1L,
    0x510e527fade682d1L,
    0x9b05688c2b3e6c1fL,
    0x1f83d9abfb41bd6bL,
    0x5be0cd19137e2179L
  };

  /** Section 2.7: the order of the words in each round; rounds 10 and 11 are those of 0 and 1. */
  private static final int[][] ORDER = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}
  };

  private final long[] state = START.clone();
  private final byte[] block = new byte[BLOCK];
  private int used;
  private long count;

  private Blake2b() {
    // The parameters: the length of the result, no key, and one lane (section 2.5).
    state[0] ^= 0x01010000L ^ RESULT;
  }

  /** The hash of all that a stream has, from where it is. */
  static byte[] of(InputStream in) throws IOException {
    var hash = new Blake2b();
    var buffer = new byte[1 << 16];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      hash.add(buffer, read);
    }
    return hash.end();
  }

  private void add(byte[] bytes, int length) {
    int at = 0;
    while (at < length) {
      // The last block is compressed at the end, even if it is full.
      if (used == BLOCK) {
        count += BLOCK;
        compress(false);
        used = 0;
      }
      int part = Math.min(BLOCK - used, length - at);
      System.arraycopy(bytes, at, block, used, part);
      used += part;
      at += part;
    }
  }

  private byte[] end() {
    count += used;
    Arrays.fill(block, used, BLOCK, (byte) 0);
    compress(true);
    var result = new byte[RESULT];
    for (int i = 0; i < state.length; i++) {
      WORD.set(result, 8 * i, state[i]);
    }
    return result;
  }

  /** The function F of section 3.2. No text is so long that the high word of its length is set. */
  private void compress(boolean isLast) {
    var v = new long[16];
    System.arraycopy(state, 0, v, 0, 8);
    System.arraycopy(START, 0, v, 8, 8);
    v[12] ^= count;
    if (isLast) {
      v[14] = ~v[14];
    }
    var words = new long[16];
    for (int i = 0; i < words.length; i++) {
      words[i] = (long) WORD.get(block, 8 * i);
    }
    for (int round = 0; round < ROUNDS; round++) {
      var order = ORDER[round % ORDER.length];
      for (int i = 0; i < 4; i++) {
        mix(v, i, 4 + i, 8 + i, 12 + i, words[order[2 * i]], words[order[2 * i + 1]]);
      }
      for (int i = 0; i < 4; i++) {
        mix(
            v,
            i,
            4 + (i + 1) % 4,
            8 + (i + 2) % 4,
            12 + (i + 3) % 4,
            words[order[8 + 2 * i]],
            words[order[9 + 2 * i]]);
      }
    }
    for (int i = 0; i < state.length; i++) {
      state[i] ^= v[i] ^ v[i + 8];
    }
  }

  /** The function G of section 3.1. */
  private static void mix(long[] v, int a, int b, int c, int d, long x, long y) {
    v[a] = v[a] + v[b] + x;
    v[d] = Long.rotateRight(v[d] ^ v[a], 32);
    v[c] = v[c] + v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 24);
    v[a] = v[a] + v[b] + y;
    v[d] = Long.rotateRight(v[d] ^ v[a], 16);
    v[c] = v[c] + v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 63);
  }
}
