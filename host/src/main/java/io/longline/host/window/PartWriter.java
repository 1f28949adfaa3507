package io.longline.host.window;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes a part. Confined to one thread.
 *
 * <pre>
 * section ... | index: pane, position, length, facts, earliest, latest, CRC-32 of each section
 *             | number of sections (4 bytes), CRC-32 of the index (4 bytes), "LLP1"
 * </pre>
 *
 * <p>A section has the facts of one pane in order. Each is the number of leading bytes of the key
 * that are those of the key before, the number of the others, these; the difference of the time
 * from that of the fact before, zigzag; the length of the value, the value. Numbers are in groups
 * of seven bits, the lowest first.
 */
final class PartWriter implements Closeable {

  static final int MAGIC = 0x4c4c5031;

  static final int TRAILER_BYTES = 3 * Integer.BYTES;

  private static final byte[] NOTHING = {};

  private final OutputStream out;
  private final List<Section> sections = new ArrayList<>();
  private final CRC32 checksum = new CRC32();
  private final byte[] number = new byte[10];

  /** What was written so far, in bytes. */
  private long position;

  private long begun;
  private long facts;
  private long earliest;
  private long latest;
  private byte[] lastKey = NOTHING;
  private long lastTime;

  PartWriter(OutputStream out) {
    this.out = new BufferedOutputStream(out, 32 * 1024);
  }

  /**
   * Writes the facts of a pane, which come after those of earlier panes; nothing if there is none.
   */
  void section(long pane, FactCursor cursor) throws IOException {
    begun = position;
    facts = 0;
    earliest = Long.MAX_VALUE;
    latest = Long.MIN_VALUE;
    lastKey = NOTHING;
    lastTime = 0;
    checksum.reset();
    for (var fact = cursor.next(); fact != null; fact = cursor.next()) {
      write(fact);
    }
    if (facts > 0) {
      sections.add(
          new Section(
              pane, begun, position - begun, facts, earliest, latest, (int) checksum.getValue()));
    }
  }

  private void write(Fact fact) throws IOException {
    int shared = shared(lastKey, fact.key());
    number(shared);
    number(fact.key().length - shared);
    bytes(fact.key(), shared);
    long step = fact.time() - lastTime;
    number((step << 1) ^ (step >> 63));
    number(fact.value().length);
    bytes(fact.value(), 0);
    lastKey = fact.key();
    lastTime = fact.time();
    facts++;
    earliest = Math.min(earliest, fact.time());
    latest = Math.max(latest, fact.time());
  }

  private static int shared(byte[] one, byte[] other) {
    if (one == other) {
      return one.length;
    }
    int most = Math.min(one.length, other.length);
    int count = 0;
    while (count < most && one[count] == other[count]) {
      count++;
    }
    return count;
  }

  private void number(long value) throws IOException {
    int count = 0;
    long left = value;
    while ((left & ~0x7fL) != 0) {
      number[count++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    number[count++] = (byte) left;
    out.write(number, 0, count);
    checksum.update(number, 0, count);
    position += count;
  }

  private void bytes(byte[] bytes, int from) throws IOException {
    out.write(bytes, from, bytes.length - from);
    checksum.update(bytes, from, bytes.length - from);
    position += bytes.length - from;
  }

  /** Whether there is any fact. */
  boolean isEmpty() {
    return sections.isEmpty();
  }

  /** Ends the part; the stream stays open. */
  @Override
  public void close() throws IOException {
    var index = new ByteArrayOutputStream();
    var data = new DataOutputStream(index);
    for (var section : sections) {
      section.writeTo(data);
    }
    var indexChecksum = new CRC32();
    indexChecksum.update(index.toByteArray());
    data.writeInt(sections.size());
    data.writeInt((int) indexChecksum.getValue());
    data.writeInt(MAGIC);
    index.writeTo(out);
    out.flush();
  }
}
