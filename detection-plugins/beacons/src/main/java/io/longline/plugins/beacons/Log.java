package io.longline.plugins.beacons;

import io.longline.api.Interest;
import org.jspecify.annotations.Nullable;

/** The logs that are read, in this order: names come before the connections that have them. */
@SuppressWarnings("ImmutableEnumChecker") // Handles of fields are immutable, as LogField says.
enum Log {
  HTTP("http", "host"),
  SSL("ssl", "server_name"),
  CONN("conn", null),
  OPEN_HTTP("open_http", "host"),
  OPEN_SSL("open_ssl", "server_name"),
  OPEN_CONN("open_conn", null);

  private final String path;
  private final @Nullable NameFields names;
  private final @Nullable ConnFields connections;

  Log(String path, @Nullable String nameField) {
    this.path = path;
    this.names = nameField == null ? null : new NameFields(path, nameField);
    this.connections = nameField == null ? new ConnFields(path) : null;
  }

  /** The log with a path that is in {@link #interest()}. */
  static Log of(String path) {
    for (var log : values()) {
      if (log.path.equals(path)) {
        return log;
      }
    }
    throw new IllegalArgumentException("No log " + path + " was asked for.");
  }

  /** Whether it is one of connections that have not ended. */
  boolean isOpen() {
    return path.startsWith("open_");
  }

  /** The fields of a log that has names. */
  NameFields names() {
    if (names == null) {
      throw new IllegalStateException(path + " has no names.");
    }
    return names;
  }

  /** The fields of a log that has connections. */
  ConnFields connections() {
    if (connections == null) {
      throw new IllegalStateException(path + " has no connections.");
    }
    return connections;
  }

  /** All of them, of which a batch may lack any; the order of connections does not matter. */
  static Interest interest() {
    return Interest.in(HTTP.names().log())
        .ifPresent()
        .andIn(SSL.names().log())
        .ifPresent()
        .andIn(CONN.connections().log())
        .inAnyOrder()
        .ifPresent()
        .andIn(OPEN_HTTP.names().log())
        .ifPresent()
        .andIn(OPEN_SSL.names().log())
        .ifPresent()
        .andIn(OPEN_CONN.connections().log())
        .ifPresent();
  }
}
