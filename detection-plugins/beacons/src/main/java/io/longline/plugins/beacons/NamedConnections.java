package io.longline.plugins.beacons;

/**
 * What the logs of HTTP and TLS say about connections, by the hash of their uid, for the join with
 * {@code conn.log}. It takes some 30 MB at most, and counts what there was no room for. Confined to
 * one thread.
 *
 * <p>As in RITA v5, {@code importer/http.go}: of several requests of a connection the latest one
 * says which name it is, and the latest 20 count. A connection's requests come by time, or the
 * other way around; where they come in neither order, the 20 may be others.
 */
final class NamedConnections {

  private static final int MOST = 700_000;
  private static final int SMALL = 64;
  static final int MOST_REQUESTS = 20;

  /** The bits that say which of the latest requests had no host; the first is the latest one. */
  private static final int MISSING = (1 << MOST_REQUESTS) - 1;

  /** The number of requests, at most 20, is in the bits from here on. */
  private static final int COUNT_SHIFT = MOST_REQUESTS;

  private static final int COUNT = 0x1f;

  /** The bit that says that the latest request asked a proxy to connect. */
  private static final int CONNECT = 1 << 31;

  private final Names names = new Names();

  private long[] uids = new long[SMALL];
  private long[] times = new long[SMALL];

  /** The numbers of names, from 1; 0 for none. */
  private int[] hosts = new int[SMALL];

  private int[] servers = new int[SMALL];

  /** {@link #MISSING}, {@link #COUNT}, {@link #CONNECT}. */
  private int[] requests = new int[SMALL];

  private int count;
  private long leftOut;

  /** Forgets all connections, but not what was left out. */
  void clear() {
    uids = new long[SMALL];
    times = new long[SMALL];
    hosts = new int[SMALL];
    servers = new int[SMALL];
    requests = new int[SMALL];
    count = 0;
  }

  /** Whether there is none. */
  boolean isEmpty() {
    return count == 0;
  }

  /**
   * Adds a request of HTTP.
   *
   * @param time in microseconds
   * @param host empty for none
   * @param isConnect whether it asks a proxy to connect
   */
  void request(long uid, long time, byte[] host, boolean isConnect) {
    int slot = slot(uid);
    if (slot < 0) {
      return;
    }
    int known = requests[slot] >>> COUNT_SHIFT & COUNT;
    int missing = requests[slot] & MISSING;
    int isMissing = host.length == 0 ? 1 : 0;
    int connect = requests[slot] & CONNECT;
    if (time >= times[slot]) {
      times[slot] = time;
      hosts[slot] = host.length == 0 ? 0 : names.id(host) + 1;
      connect = isConnect ? CONNECT : 0;
      missing = (missing << 1 | isMissing) & MISSING;
    } else if (known < MOST_REQUESTS) {
      missing |= isMissing << known;
    }
    requests[slot] = missing | Math.min(known + 1, MOST_REQUESTS) << COUNT_SHIFT | connect;
  }

  /** Adds a handshake of TLS with the name of a server. */
  void handshake(long uid, byte[] server) {
    int slot = slot(uid);
    if (slot >= 0) {
      servers[slot] = names.id(server) + 1;
    }
  }

  /** The slot of a connection, a new one if there is none; -1 if there is no room. */
  private int slot(long uid) {
    int slot = search(uid);
    if (uids[slot] != 0) {
      return slot;
    }
    if (count == MOST) {
      leftOut++;
      return -1;
    }
    if (4 * (count + 1) > 3 * uids.length) {
      grow();
      slot = search(uid);
    }
    count++;
    uids[slot] = uid == 0 ? 1 : uid;
    times[slot] = Long.MIN_VALUE;
    return slot;
  }

  /** The slot of a connection, or the empty one where it would be; there is no key 0. */
  private int search(long key) {
    long uid = key == 0 ? 1 : key;
    int slot = (int) uid & (uids.length - 1);
    while (uids[slot] != uid && uids[slot] != 0) {
      slot = (slot + 1) & (uids.length - 1);
    }
    return slot;
  }

  private void grow() {
    var before = uids;
    var oldTimes = times;
    var oldHosts = hosts;
    var oldServers = servers;
    var oldRequests = requests;
    uids = new long[2 * before.length];
    times = new long[uids.length];
    hosts = new int[uids.length];
    servers = new int[uids.length];
    requests = new int[uids.length];
    for (int old = 0; old < before.length; old++) {
      if (before[old] != 0) {
        int slot = search(before[old]);
        uids[slot] = before[old];
        times[slot] = oldTimes[old];
        hosts[slot] = oldHosts[old];
        servers[slot] = oldServers[old];
        requests[slot] = oldRequests[old];
      }
    }
  }

  /** The place of a connection; -1 if nothing is known about it. */
  int find(long uid) {
    int slot = search(uid);
    return uids[slot] != 0 ? slot : -1;
  }

  /** How many of the latest 20 requests at this place had no host. */
  int missing(int place) {
    return Integer.bitCount(requests[place] & MISSING);
  }

  /** Whether the latest request at this place asked a proxy to connect. */
  boolean isConnect(int place) {
    return (requests[place] & CONNECT) != 0;
  }

  /** The number of the host at this place; {@link Names#NONE} for none. */
  int host(int place) {
    return hosts[place] - 1;
  }

  /** The number of the server at this place; {@link Names#NONE} for none. */
  int server(int place) {
    return servers[place] - 1;
  }

  /** The names. */
  Names names() {
    return names;
  }

  /** How many records there was no room for. */
  long leftOut() {
    return leftOut + names.leftOut();
  }
}
