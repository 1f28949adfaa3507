package io.longline.host.window;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.api.RecordBytes;
import io.longline.api.internal.FactBounds;
import java.util.List;

/**
 * The facts of a call that are in memory. A key is a text or an array, a value an array or a Java
 * record; arrays belong to the buffer. Confined to one thread.
 */
interface FactBuffer {

  /** Adds a fact. */
  void add(long pane, long time, Object key, Object value);

  /** About how many bytes of memory they take. */
  long memory();

  /** Takes all facts out, in any order. */
  List<Fact> take();

  /** The bytes of a key. */
  static byte[] keyBytes(Object key) {
    var bytes = key instanceof String text ? text.getBytes(UTF_8) : (byte[]) key;
    FactBounds.checkKey(bytes);
    return bytes;
  }

  /** The bytes of a value. */
  static byte[] valueBytes(Object value) {
    var bytes = value instanceof Record each ? RecordBytes.bytes(each) : (byte[]) value;
    FactBounds.checkValue(bytes);
    return bytes;
  }
}
