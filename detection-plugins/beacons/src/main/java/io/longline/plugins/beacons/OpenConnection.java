package io.longline.plugins.beacons;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * A connection that was open when its log was written. Immutable.
 *
 * @param uid the hash that it is known by, of its uid or its beginning
 * @param start its beginning, in seconds
 * @param duration its duration up to then, in microseconds
 * @param bytes the bytes of both sides
 * @param missing requests without a host
 * @param proxy 1 for a connection by a proxy
 * @param label its port, protocol and service
 * @param names the hashes of its names
 */
record OpenConnection(
    long uid,
    long start,
    long duration,
    long bytes,
    int missing,
    int proxy,
    String label,
    List<Long> names) {

  /** Writes it. */
  void writeTo(ByteSink sink) {
    sink.eight(uid).number(start).number(duration).number(bytes).number(missing).number(proxy);
    sink.counted(label.getBytes(UTF_8)).number(names.size());
    for (long name : names) {
      sink.eight(name);
    }
  }

  /** Reads what was written. */
  static OpenConnection readFrom(ByteSource source) {
    long uid = source.eight();
    long start = source.number();
    long duration = source.number();
    long bytes = source.number();
    int missing = source.small();
    int proxy = source.small();
    var label = new String(source.counted(), UTF_8);
    var names = new ArrayList<Long>();
    for (int i = source.small(); i > 0; i--) {
      names.add(source.eight());
    }
    return new OpenConnection(uid, start, duration, bytes, missing, proxy, label, names);
  }
}
