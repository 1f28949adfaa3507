package io.longline.plugins.beacons;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.api.HookContext;
import io.longline.api.LogDirectory;
import io.longline.api.Part;
import io.longline.api.RecordSink;
import io.longline.zeek.LogRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes the facts of a batch. Confined to the call on it. */
final class PairSink implements RecordSink {

  /** RITA keeps times as seconds of 32 bits; greater ones are wrong. */
  private static final long MOST_SECONDS = 0xffffffffL;

  private static final int HOUR = 3600;
  private static final long SECOND = 1_000_000;

  /** Only connections that went on for so long can have been in a log of open ones. */
  private static final long LEAST_OPEN = TimeUnit.MINUTES.toMicros(10);

  private final HookContext context;
  private final Part part;
  private final Labels labels = new Labels();
  private final NamedConnections named = new NamedConnections();
  private final HourSummaries hours;
  private final PairTable table;
  private final UidFacts opened;
  private final UidFacts ended;
  private final ByteSink payload = new ByteSink();
  private final Rotation rotationOfEnded;
  private final Rotation rotationOfOpen;
  private final Identity identity = new Identity();
  private final Sides sides;

  private Log log = Log.HTTP;
  private Rotation rotation;
  private long leftOut;

  /** What the logs of names say about the connection at hand. */
  private int missing;

  private boolean isProxied;
  private int host = Names.NONE;
  private int server = Names.NONE;

  /** A sink of what a filter keeps of a batch. */
  PairSink(LogDirectory logs, HookContext context, NetworkFilter filter) {
    this.rotationOfEnded = Rotation.of(logs, "conn");
    this.rotationOfOpen = Rotation.of(logs, "open_conn");
    this.rotation = rotationOfEnded;
    this.context = context;
    this.part = context.part();
    this.hours = new HourSummaries(part);
    this.table = new PairTable(labels, new TableWriter(labels, part));
    this.opened = new UidFacts(part, Kind.openKey());
    this.ended = new UidFacts(part, Kind.endedKey());
    this.sides = new Sides(filter);
  }

  @Override
  public void begin(String path) {
    var next = Log.of(path);
    if (next.isOpen() && !log.isOpen()) {
      named.clear();
    }
    log = next;
    rotation = next.isOpen() ? rotationOfOpen : rotationOfEnded;
  }

  @Override
  public void accept(LogRecord record) throws IOException {
    switch (log) {
      case HTTP, OPEN_HTTP -> log.names().addRequest(record, rotation, named);
      case SSL, OPEN_SSL -> log.names().addHandshake(record, rotation, named);
      case CONN -> connection(record, log.connections());
      case OPEN_CONN -> open(record, log.connections());
    }
  }

  /** Reads the sides and the names of a connection; returns whether it counts. */
  private boolean counts(LogRecord record, ConnFields fields) {
    if (!sides.read(record, fields)) {
      return false;
    }
    missing = 0;
    isProxied = false;
    host = Names.NONE;
    server = Names.NONE;
    long uid = named.isEmpty() ? NameFields.NO_UID : fields.uid(record);
    if (uid != NameFields.NO_UID) {
      long key = rotation.key(record, uid);
      if (key != uid) {
        // Of files that show no hour.
        readNames(named.find(uid));
      }
      readNames(named.find(key));
      // A proxy's connection has the name in both logs: it counts once.
      server = server == host ? Names.NONE : server;
    }
    return sides.isKept() || host >= 0;
  }

  /** Adds what is known at a place, which is negative if there is none. */
  private void readNames(int place) {
    if (place < 0) {
      return;
    }
    missing = Math.min(missing + named.missing(place), NamedConnections.MOST_REQUESTS);
    readHost(place);
    if (sides.keepsName() && named.server(place) >= 0) {
      server = named.server(place);
    }
  }

  private void readHost(int place) {
    int requested = named.host(place);
    boolean isConnect = named.isConnect(place);
    if (requested >= 0
        && (isConnect ? sides.keepsProxied(named.names().name(requested)) : sides.keepsName())) {
      host = requested;
      isProxied = isConnect;
    }
  }

  private void connection(LogRecord record, ConnFields fields) throws IOException {
    if (!counts(record, fields)) {
      end(record, fields);
      return;
    }
    long micros = fields.micros(record);
    long duration = fields.duration(record);
    long size = fields.size(record);
    long total = fields.total(record);
    long known = duration >= LEAST_OPEN ? connection(fields, record) : 0;
    int label = label(record, fields);
    // Every cell has been read: a bad one costs the row, and must not leave a part of it.
    long seconds = Math.floorDiv(micros, SECOND);
    int hour = hour(seconds);
    if (hour < 0) {
      return;
    }
    int second = (int) (seconds % HOUR);
    if (sides.isKept()) {
      int entry = add(sides.pair(identity), hour, label);
      table.connection(entry, second, size, total, duration);
      if (missing > 0) {
        table.requests(entry, missing, 0);
      }
      addName(entry, host);
      addName(entry, server);
    }
    if (host >= 0) {
      int entry = add(sides.named(identity, named.names().name(host)), hour, label);
      table.connection(entry, second, size, total, duration);
      table.requests(entry, 0, isProxied ? 1 : 0);
    }
    if (server >= 0) {
      int entry = add(sides.named(identity, named.names().name(server)), hour, label);
      table.connection(entry, second, size, total, duration);
    }
    hours.add(hour, second);
    sides.addHosts(hours, hour);
    if (duration >= LEAST_OPEN) {
      ended(known, seconds, Math.floorDiv(micros + duration, SECOND));
    }
  }

  /**
   * A connection that does not count may have counted while it was open, for the name that a proxy
   * was asked for.
   */
  private void end(LogRecord record, ConnFields fields) throws IOException {
    long duration = fields.duration(record);
    if (duration >= LEAST_OPEN && sides.areThere()) {
      long micros = fields.micros(record);
      ended(
          connection(fields, record),
          Math.floorDiv(micros, SECOND),
          Math.floorDiv(micros + duration, SECOND));
    }
  }

  /** What a connection is known by, whether it is open or has ended. */
  private long connection(ConnFields fields, LogRecord record) {
    long uid = fields.uid(record);
    return uid != NameFields.NO_UID ? uid : Hash.of(fields.beginning(record), sides.hash());
  }

  private void addName(int entry, int name) {
    if (name >= 0) {
      table.name(entry, Identity.nameHash(named.names().name(name)));
    }
  }

  private int label(LogRecord record, ConnFields fields) throws IOException {
    table.makeRoomForLabel();
    return fields.label(record, labels);
  }

  private int add(Identity pair, int hour, int label) throws IOException {
    int entry = table.entry(pair, hour);
    table.label(entry, label);
    return entry;
  }

  /** The hour of a connection, or -1 if it is left out. */
  private int hour(long seconds) {
    int hour = admitted(seconds);
    leftOut += hour < 0 ? 1 : 0;
    return hour;
  }

  /** The hour of a time, or -1 if it cannot have facts. */
  private int admitted(long seconds) {
    return seconds >= 0 && seconds <= MOST_SECONDS && hours.admits((int) (seconds / HOUR))
        ? (int) (seconds / HOUR)
        : -1;
  }

  private List<Long> nameHashes() {
    if (host < 0 && server < 0) {
      return List.of();
    }
    var hashes = new ArrayList<Long>();
    for (int name : new int[] {host, server}) {
      if (name >= 0) {
        hashes.add(Identity.nameHash(named.names().name(name)));
      }
    }
    return hashes;
  }

  /**
   * A window that has the end of a connection, or its beginning, with which all of it counts, has
   * it no longer as an open one.
   */
  private void ended(long uid, long began, long end) throws IOException {
    int first = admitted(began);
    int last = admitted(end);
    if (first >= 0) {
      ended.add(first, uid);
    }
    if (last >= 0 && last != first) {
      ended.add(last, uid);
    }
  }

  /** The time of an open connection is the last one at which it is known to be open. */
  private void open(LogRecord record, ConnFields fields) throws IOException {
    if (!counts(record, fields)) {
      return;
    }
    long micros = fields.micros(record);
    long duration = fields.duration(record);
    long total = fields.total(record);
    if (micros < 0) {
      return;
    }
    var label = new String(labels.text(label(record, fields)), UTF_8);
    long uid = connection(fields, record);
    int hour = hour(Math.floorDiv(micros + duration, SECOND));
    if (hour < 0) {
      return;
    }
    long start = micros / SECOND;
    opened.add(hour, uid);
    sides.addHosts(hours, hour);
    if (sides.isKept()) {
      table.open(
          sides.pair(identity),
          hour,
          new OpenConnection(uid, start, duration, total, missing, 0, label, nameHashes()),
          payload);
    }
    for (int name : new int[] {host, server}) {
      if (name >= 0) {
        int proxy = name == host && isProxied ? 1 : 0;
        table.open(
            sides.named(identity, named.names().name(name)),
            hour,
            new OpenConnection(uid, start, duration, total, 0, proxy, label, List.of()),
            payload);
      }
    }
  }

  @Override
  public void finish() throws IOException {
    table.flush();
    opened.flush();
    ended.flush();
    hours.flush();
    if (leftOut > 0) {
      context.warn(
          "%d connections have times that cannot be right, or lie in more than %d different hours, and were left out."
              .formatted(leftOut, HourSummaries.MOST_HOURS));
    }
    if (named.leftOut() > 0) {
      context.warn(
          "This batch has more connections with names than there is room for: %d records of http.log and ssl.log were left out, and count for addresses only. Give smaller batches, such as hourly ones."
              .formatted(named.leftOut()));
    }
  }
}
