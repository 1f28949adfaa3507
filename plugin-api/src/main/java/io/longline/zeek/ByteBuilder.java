package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** An array of bytes that grows as bytes are appended, and is reused. Confined to one thread. */
final class ByteBuilder {

  private byte[] bytes;
  private int length;

  ByteBuilder(int firstSize) {
    this.bytes = new byte[Math.max(16, firstSize)];
  }

  ByteBuilder append(int b) {
    if (length == bytes.length) {
      room(1);
    }
    bytes[length++] = (byte) b;
    return this;
  }

  ByteBuilder append(byte[] more) {
    return append(more, 0, more.length);
  }

  ByteBuilder append(byte[] more, int from, int to) {
    room(to - from);
    System.arraycopy(more, from, bytes, length, to - from);
    length += to - from;
    return this;
  }

  /** Appends text as UTF-8. */
  ByteBuilder append(String text) {
    return append(text.getBytes(UTF_8));
  }

  /** Appends a number in decimal. */
  ByteBuilder append(long number) {
    if (number == Long.MIN_VALUE) {
      return append(Long.toString(number));
    }
    room(20);
    long rest = number;
    if (rest < 0) {
      bytes[length++] = '-';
      rest = -rest;
    }
    int digits = 1;
    for (long i = rest; i >= 10; i /= 10) {
      digits++;
    }
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  /** Appends the last {@code digits} decimal digits of a number, leading zeros included. */
  ByteBuilder appendPadded(int number, int digits) {
    room(digits);
    int rest = number;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  private void room(int more) {
    if (more > bytes.length - length) {
      grow(more);
    }
  }

  private void grow(int more) {
    if (more > LogBounds.MAX_WRITTEN_BYTES - length) {
      throw new IllegalArgumentException(
          "A row would be longer than "
              + LogBounds.MAX_WRITTEN_BYTES
              + " bytes, the most that a row may have.");
    }
    bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void truncate(int length) {
    this.length = length;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }
}
