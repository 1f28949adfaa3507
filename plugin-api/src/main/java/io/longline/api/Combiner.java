package io.longline.api;

import io.longline.zeek.Internal;
import java.util.Objects;
import java.util.function.BinaryOperator;

/**
 * Makes one value of two of the same key, such as their sum. The order in which values are combined
 * is not defined, so it must not matter: not which of two is the first, nor which two of three are
 * combined first. (With sums of {@code double} it does matter.) Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Combiner {

  /**
   * Combines two values.
   *
   * @return the value that takes their place, at most {@link Part#MAX_VALUE_BYTES}; may be one of
   *     the two
   */
  byte[] combine(byte[] one, byte[] other);

  /**
   * A combiner of values that are Java records.
   *
   * @param type the class of the records
   * @param sum combines two of them; does not return null
   * @throws IllegalArgumentException if the record has a component of another type than {@link
   *     Part#put(long, String, Record)} takes
   */
  static <T extends Record> Combiner of(Class<T> type, BinaryOperator<T> sum) {
    return new OfRecords<>(type, sum);
  }

  /**
   * A combiner of values that are Java records. It can combine the records themselves, so that only
   * the result becomes bytes. Thread-safe.
   */
  @Internal
  final class OfRecords<T extends Record> implements Combiner {

    private final Class<T> type;
    private final BinaryOperator<T> sum;
    private final RecordBytes<T> bytes;

    /**
     * Combines records of this class.
     *
     * @throws IllegalArgumentException if it has a component that a value cannot have
     */
    public OfRecords(Class<T> type, BinaryOperator<T> sum) {
      this.type = type;
      this.sum = sum;
      this.bytes = RecordBytes.of(type);
    }

    /** Whether it combines records of the class of this one. */
    public boolean takes(Record value) {
      return value.getClass() == type;
    }

    /** Combines two records that it {@linkplain #takes takes}. */
    public Record combine(Record one, Record other) {
      return sum(type.cast(one), type.cast(other));
    }

    private T sum(T one, T other) {
      return Objects.requireNonNull(
          sum.apply(one, other), () -> "The combiner of " + type.getName() + " returned null.");
    }

    @Override
    public byte[] combine(byte[] one, byte[] other) {
      return bytes.write(sum(bytes.read(one), bytes.read(other)));
    }
  }
}
