package io.longline.plugins.dnsanomalies;

/**
 * Shannon's entropy of the bytes of a name: 0 if all are the same, 4 bits for random hexadecimal
 * digits, 5 for random Base32. In whole thousandths, so that sums do not depend on their order.
 * Confined to one thread.
 */
final class LetterEntropy {

  private static final int SHIFT = 16;
  private static final int LONGEST = 1024;

  /** {@code n log2 n} for each n, as fixed-point numbers. */
  private static final long[] N_LOG_N = new long[LONGEST + 1];

  static {
    for (int n = 2; n <= LONGEST; n++) {
      N_LOG_N[n] = StrictMath.round(n * (StrictMath.log(n) / StrictMath.log(2)) * (1 << SHIFT));
    }
  }

  private final int[] counts = new int[256];

  /** Thousandths of a bit a byte, of the bytes of a range but its dots; of 1,024 bytes at most. */
  int thousandths(byte[] name, int start, int end) {
    int last = Math.min(end, start + LONGEST);
    int bytes = 0;
    long sum = 0;
    for (int i = start; i < last; i++) {
      if (name[i] != '.') {
        int count = ++counts[name[i] & 0xff];
        sum += N_LOG_N[count] - N_LOG_N[count - 1];
        bytes++;
      }
    }
    for (int i = start; i < last; i++) {
      counts[name[i] & 0xff] = 0;
    }
    return bytes == 0 ? 0 : (int) ((N_LOG_N[bytes] - sum) * 1000 / bytes >> SHIFT);
  }
}
