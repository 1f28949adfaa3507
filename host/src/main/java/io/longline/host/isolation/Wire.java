package io.longline.host.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How values are written in messages. */
final class Wire {

  private Wire() {}

  /** Writes a value. */
  @FunctionalInterface
  interface Writer<T> {
    void write(DataOutput out, T value) throws IOException;
  }

  /** Reads a value. */
  @FunctionalInterface
  interface Reader<T> {
    T read(DataInput in) throws IOException;
  }

  /** UTF-8 with its length before it. */
  static void text(DataOutput out, String text) throws IOException {
    bytes(out, text.getBytes(UTF_8));
  }

  static String text(DataInput in) throws IOException {
    return new String(bytes(in), UTF_8);
  }

  static void bytes(DataOutput out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static byte[] bytes(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > Connection.MAX_MESSAGE_BYTES) {
      throw new IOException("A message has a text of " + length + " bytes.");
    }
    var bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  /** A path; none as an empty text. */
  static void path(DataOutput out, @Nullable Path path) throws IOException {
    text(out, path == null ? "" : path.toString());
  }

  static @Nullable Path path(DataInput in) throws IOException {
    var text = text(in);
    return text.isEmpty() ? null : Path.of(text);
  }

  static void duration(DataOutput out, Duration duration) throws IOException {
    out.writeLong(duration.toNanos());
  }

  static Duration duration(DataInput in) throws IOException {
    return Duration.ofNanos(in.readLong());
  }

  static <T> void list(DataOutput out, Collection<T> values, Writer<T> writer) throws IOException {
    out.writeInt(values.size());
    for (var value : values) {
      writer.write(out, value);
    }
  }

  static <T> List<T> list(DataInput in, Reader<T> reader) throws IOException {
    int count = in.readInt();
    var values = new ArrayList<T>();
    for (int i = 0; i < count; i++) {
      values.add(reader.read(in));
    }
    return values;
  }

  static <T> void optional(DataOutput out, @Nullable T value, Writer<T> writer) throws IOException {
    out.writeBoolean(value != null);
    if (value != null) {
      writer.write(out, value);
    }
  }

  static <T> @Nullable T optional(DataInput in, Reader<T> reader) throws IOException {
    return in.readBoolean() ? reader.read(in) : null;
  }
}
