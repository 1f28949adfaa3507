package io.longline.api.testing;

import java.util.Arrays;
import java.util.Comparator;

/** A fact that a hook has put. Its arrays belong to it. Immutable. */
final class TestFact implements Comparable<TestFact> {

  private static final Comparator<TestFact> ORDER =
      Comparator.<TestFact, byte[]>comparing(each -> each.key, Arrays::compareUnsigned)
          .thenComparingLong(each -> each.time)
          .thenComparing(each -> each.value, Arrays::compareUnsigned);

  private final long time;
  private final byte[] key;
  private final byte[] value;

  /** A fact of these arrays, which are not copied. */
  TestFact(long time, byte[] key, byte[] value) {
    this.time = time;
    this.key = key;
    this.value = value;
  }

  long time() {
    return time;
  }

  byte[] key() {
    return key.clone();
  }

  byte[] value() {
    return value.clone();
  }

  boolean hasKeyOf(TestFact other) {
    return Arrays.equals(key, other.key);
  }

  /** By key, then by time, then by value; bytes count as unsigned numbers. */
  @Override
  public int compareTo(TestFact other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TestFact fact && compareTo(fact) == 0;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }
}
