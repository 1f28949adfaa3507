package io.longline.host.window;

import io.longline.api.Part;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/** The facts of a section of a part. Confined to one thread. */
final class SectionCursor implements FactCursor {

  /** Small, since many sections are read at the same time. */
  private static final int BUFFER_BYTES = 8 * 1024;

  private static final byte[] NOTHING = {};

  private final PartFile part;
  private final Section section;
  private final InputStream file;
  private final CRC32 checksum = new CRC32();
  private final InputStream in;
  private long left;
  private byte[] key = NOTHING;
  private long time;

  SectionCursor(PartFile part, Section section) throws IOException {
    this.part = part;
    this.section = section;
    this.file = part.open(section.position());
    this.in = new CheckedInputStream(new BufferedInputStream(file, BUFFER_BYTES), checksum);
    this.left = section.facts();
  }

  @Override
  public @Nullable Fact next() throws IOException {
    if (left == 0) {
      if ((int) checksum.getValue() != section.checksum()) {
        throw part.damaged("the checksum of a section is wrong");
      }
      return null;
    }
    try {
      key = key();
      long step = number();
      time += (step >>> 1) ^ -(step & 1);
      int length = length(Part.MAX_VALUE_BYTES);
      var value = bytes(new byte[length], 0);
      left--;
      return new Fact(section.pane(), key, time, value);
    } catch (EOFException e) {
      throw part.damaged("it is too short");
    }
  }

  private byte[] key() throws IOException {
    int shared = length(key.length);
    int others = length(Part.MAX_KEY_BYTES);
    if (others == 0 && shared == key.length) {
      return key;
    }
    return bytes(Arrays.copyOf(key, shared + others), shared);
  }

  private byte[] bytes(byte[] target, int from) throws IOException {
    if (in.readNBytes(target, from, target.length - from) < target.length - from) {
      throw new EOFException();
    }
    return target;
  }

  private int length(int most) throws IOException {
    long length = number();
    if (length < 0 || length > most) {
      throw part.damaged("a length in it is impossible");
    }
    return (int) length;
  }

  private long number() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw part.damaged("a number in it is too long");
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
