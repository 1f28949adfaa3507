package io.longline.api;

import java.io.IOException;

/**
 * The facts of one batch for the windows of a {@link WindowHook}. Confined to the hook's call.
 *
 * <p>What is put is copied. However many facts there are, a few megabytes of them are in memory;
 * the rest is sorted in temporary files.
 *
 * @since 0.1.0
 */
public interface Part {

  /** The longest key, in bytes. */
  int MAX_KEY_BYTES = 32 * 1024;

  /** The longest value, in bytes. */
  int MAX_VALUE_BYTES = 1024 * 1024;

  /**
   * The number of spans of time that the facts of one part may lie in, as the starts and ends of
   * windows divide it.
   */
  int MAX_SPANS = 10_000;

  /**
   * Puts a fact.
   *
   * @param time event time, in microseconds since 1970 UTC; from year 1 to 9999
   * @param key any bytes; keys are sorted by their bytes, as unsigned numbers
   * @param value any bytes
   * @throws IOException if the part cannot be written, or the hook's call has ended
   * @throws IllegalArgumentException if the time, the key or the value is out of bounds, or the
   *     facts lie in too many spans of time
   */
  void put(long time, byte[] key, byte[] value) throws IOException;

  /**
   * Puts a fact whose key is a text, in UTF-8.
   *
   * @throws IOException as for {@link #put(long, byte[], byte[])}
   * @throws IllegalArgumentException as for that method
   */
  void put(long time, String key, byte[] value) throws IOException;

  /**
   * Puts a fact whose value is a Java record. Its components may be {@code boolean}, {@code int},
   * {@code long}, {@code double}, {@code String} and {@link java.time.Instant}; the last two may be
   * null.
   *
   * @throws IOException as for {@link #put(long, byte[], byte[])}
   * @throws IllegalArgumentException as for that method, or if the record has a component of
   *     another type
   */
  void put(long time, String key, Record value) throws IOException;
}
