package io.longline.plugins.beacons;

import java.util.Arrays;

/**
 * Counts different hosts: exactly up to 1,024, then with a HyperLogLog of 4,096 registers, whose
 * error is 1.6%. The result does not depend on the order in which hosts and sets are added.
 * Confined to one thread.
 *
 * <p>The estimate is that of Flajolet and others, "HyperLogLog: the analysis of a near-optimal
 * cardinality estimation algorithm" (2007), with hashes of 64 bits.
 */
final class HostSet {

  /** How many hosts are kept. */
  static final int MOST_EXACT = 1024;

  private static final int BITS = 12;
  private static final int REGISTERS = 1 << BITS;
  private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

  /** Hashes by open addressing, 0 where there is none; empty once there are registers. */
  private long[] hashes = new long[16];

  private int count;

  /** Empty while hosts are kept. */
  private byte[] registers = {};

  /** Adds a host by its hash. */
  void add(long hash) {
    long each = hash == 0 ? 1 : hash;
    if (registers.length > 0) {
      register(each);
    } else if (insert(each)) {
      if (count > MOST_EXACT) {
        toRegisters();
      } else if (2 * count > hashes.length) {
        resize(2 * hashes.length);
      }
    }
  }

  private boolean insert(long hash) {
    int slot = (int) hash & (hashes.length - 1);
    while (hashes[slot] != 0) {
      if (hashes[slot] == hash) {
        return false;
      }
      slot = (slot + 1) & (hashes.length - 1);
    }
    hashes[slot] = hash;
    count++;
    return true;
  }

  /** Makes room for more hosts, of which some may be there already. */
  private void makeRoom(int more) {
    int most = Math.max(count, more);
    int length = hashes.length;
    while (length < 2 * most) {
      length *= 2;
    }
    if (length > hashes.length) {
      resize(length);
    }
  }

  private void resize(int length) {
    var before = hashes;
    hashes = new long[length];
    count = 0;
    for (long hash : before) {
      if (hash != 0) {
        insert(hash);
      }
    }
  }

  private void toRegisters() {
    registers = new byte[REGISTERS];
    for (long hash : hashes) {
      if (hash != 0) {
        register(hash);
      }
    }
    hashes = new long[0];
    count = 0;
  }

  private void register(long hash) {
    int index = (int) (hash >>> (Long.SIZE - BITS));
    int rank = Math.min(Long.numberOfLeadingZeros(hash << BITS), Long.SIZE - BITS) + 1;
    registers[index] = (byte) Math.max(registers[index], rank);
  }

  /** How many different hosts there are, or about how many. */
  long size() {
    if (registers.length == 0) {
      return count;
    }
    double sum = 0;
    int zeros = 0;
    for (byte register : registers) {
      sum += 1.0 / (1L << register);
      zeros += register == 0 ? 1 : 0;
    }
    double estimate = ALPHA * REGISTERS * REGISTERS / sum;
    if (estimate <= 2.5 * REGISTERS && zeros > 0) {
      estimate = REGISTERS * Math.log((double) REGISTERS / zeros);
    }
    return Math.max(MOST_EXACT + 1, Math.round(estimate));
  }

  /** Writes it, in the same bytes for the same hosts. */
  void writeTo(ByteSink sink) {
    var sorted = Arrays.stream(hashes).filter(hash -> hash != 0).sorted().toArray();
    sink.number(registers.length > 0 ? MOST_EXACT + 1 : sorted.length);
    if (registers.length > 0) {
      sink.raw(registers, 0, registers.length);
    }
    for (long hash : sorted) {
      sink.eight(hash);
    }
  }

  /** Adds the hosts of a set that was written. */
  void addFrom(ByteSource source) {
    int size = source.small();
    if (size <= MOST_EXACT) {
      if (registers.length == 0) {
        makeRoom(size);
      }
      for (int i = 0; i < size; i++) {
        add(source.eight());
      }
      return;
    }
    if (registers.length == 0) {
      toRegisters();
    }
    for (int i = 0; i < REGISTERS; i++) {
      registers[i] = (byte) Math.max(registers[i], source.octet());
    }
  }

  /** Adds the hosts of another set. */
  void addAll(HostSet other) {
    if (other.registers.length > 0 && registers.length == 0) {
      toRegisters();
    }
    for (int i = 0; i < other.registers.length; i++) {
      registers[i] = (byte) Math.max(registers[i], other.registers[i]);
    }
    for (long hash : other.hashes) {
      if (hash != 0) {
        add(hash);
      }
    }
  }
}
