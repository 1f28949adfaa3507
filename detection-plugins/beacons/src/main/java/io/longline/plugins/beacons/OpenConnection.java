package io.longline.plugins.beacons;

/**
 * A connection that was open when its log was written. Immutable; its arrays are not to be changed.
 *
 * @param uid the hash of its uid
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
    byte[] label,
    long[] names) {

  /** Writes it. */
  void writeTo(ByteSink sink) {
    sink.eight(uid).number(start).number(duration).number(bytes).number(missing).number(proxy);
    sink.counted(label).number(names.length);
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
    var label = source.counted();
    var names = new long[source.small()];
    for (int i = 0; i < names.length; i++) {
      names[i] = source.eight();
    }
    return new OpenConnection(uid, start, duration, bytes, missing, proxy, label, names);
  }
}
