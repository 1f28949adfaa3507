package io.longline.host.isolation.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The encoding of values in messages. */
final class Wire {

  /** The maximal length of a message in bytes; the longest are parts of outputs, of 256 KB. */
  static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

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

  /** UTF-8, preceded by its length. */
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
    if (length < 0 || length > MAX_MESSAGE_BYTES) {
      throw new IOException("A message has a text of " + length + " bytes.");
    }
    var bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  static void path(DataOutput out, Path path) throws IOException {
    text(out, path.toString());
  }

  static Path path(DataInput in) throws IOException {
    return Path.of(text(in));
  }

  static void duration(DataOutput out, Duration duration) throws IOException {
    out.writeLong(duration.toNanos());
  }

  static Duration duration(DataInput in) throws IOException {
    return Duration.ofNanos(in.readLong());
  }

  static int count(DataInput in) throws IOException {
    int count = in.readInt();
    if (count < 0) {
      throw new IOException("A message has a list of " + count + " values.");
    }
    return count;
  }

  static <T> void list(DataOutput out, Collection<T> values, Writer<T> writer) throws IOException {
    out.writeInt(values.size());
    for (var value : values) {
      writer.write(out, value);
    }
  }

  static <T> List<T> list(DataInput in, Reader<T> reader) throws IOException {
    int count = count(in);
    var values = new ArrayList<T>();
    for (int i = 0; i < count; i++) {
      values.add(reader.read(in));
    }
    return values;
  }

  static <T> void map(DataOutput out, Map<String, T> values, Writer<T> writer) throws IOException {
    list(
        out,
        values.entrySet(),
        (to, entry) -> {
          text(to, entry.getKey());
          writer.write(to, entry.getValue());
        });
  }

  static <T> Map<String, T> map(DataInput in, Reader<T> reader) throws IOException {
    int count = count(in);
    var values = new LinkedHashMap<String, T>();
    for (int i = 0; i < count; i++) {
      var key = text(in);
      values.put(key, reader.read(in));
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
