package io.longline.host.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The facts of one pane in a part. Immutable.
 *
 * @param pane the start of the pane, in microseconds since 1970 UTC
 * @param position where its bytes start in the part
 * @param length the number of bytes
 * @param facts the number of facts, at least one
 * @param earliest the earliest event time of them
 * @param latest the latest event time of them
 * @param checksum CRC-32 of the bytes
 */
public record Section(
    long pane, long position, long length, long facts, long earliest, long latest, int checksum) {

  static final int BYTES = 6 * Long.BYTES + Integer.BYTES;

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(pane);
    out.writeLong(position);
    out.writeLong(length);
    out.writeLong(facts);
    out.writeLong(earliest);
    out.writeLong(latest);
    out.writeInt(checksum);
  }

  static Section readFrom(DataInput in) throws IOException {
    return new Section(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readInt());
  }
}
