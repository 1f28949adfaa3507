package io.longline.plugins.dnsanomalies;

/**
 * Estimates how many different hashes were added, with a standard error of 1.6%, in 4,096 bytes.
 * The state depends on the hashes alone, not on their order. Confined to one thread.
 *
 * <p>The estimator is the improved one of O. Ertl, "New cardinality estimation algorithms for
 * HyperLogLog sketches" (2017), algorithm 6, which needs no tables of bias.
 */
final class HyperLogLog {

  static final int REGISTERS = 1 << 12;

  private static final int INDEX_BITS = 12;
  private static final int HASH_BITS = Long.SIZE - INDEX_BITS;

  private final byte[] registers;

  HyperLogLog() {
    this(new byte[REGISTERS]);
  }

  /** With these registers, which it takes over. */
  HyperLogLog(byte[] registers) {
    if (registers.length != REGISTERS) {
      throw new IllegalArgumentException(registers.length + " registers");
    }
    this.registers = registers;
  }

  /** The registers, not a copy. */
  byte[] registers() {
    return registers;
  }

  void add(long hash) {
    int index = (int) (hash >>> HASH_BITS);
    int rank = Math.min(Long.numberOfLeadingZeros(hash << INDEX_BITS), HASH_BITS) + 1;
    if (rank > registers[index]) {
      registers[index] = (byte) rank;
    }
  }

  void addAll(HyperLogLog other) {
    for (int i = 0; i < REGISTERS; i++) {
      if (other.registers[i] > registers[i]) {
        registers[i] = other.registers[i];
      }
    }
  }

  long estimate() {
    var counts = new int[HASH_BITS + 2];
    for (byte register : registers) {
      counts[Math.min(Math.max(register, 0), HASH_BITS + 1)]++;
    }
    double m = REGISTERS;
    double z = m * tau(1 - counts[HASH_BITS + 1] / m);
    for (int rank = HASH_BITS; rank >= 1; rank--) {
      z = 0.5 * (z + counts[rank]);
    }
    z += m * sigma(counts[0] / m);
    return Math.round(m * m / (2 * Math.log(2) * z));
  }

  private static double sigma(double share) {
    double x = share;
    double y = 1;
    double z = x;
    if (x == 1) {
      return Double.POSITIVE_INFINITY;
    }
    for (double before = Double.NaN; before != z; ) {
      x *= x;
      before = z;
      z += x * y;
      y += y;
    }
    return z;
  }

  private static double tau(double share) {
    double x = share;
    if (x == 0 || x == 1) {
      return 0;
    }
    double y = 1;
    double z = 1 - x;
    for (double before = Double.NaN; before != z; ) {
      x = Math.sqrt(x);
      before = z;
      y *= 0.5;
      z -= (1 - x) * (1 - x) * y;
    }
    return z / 3;
  }
}
