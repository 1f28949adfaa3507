package io.longline.plugins.traffic;

/**
 * Connections and the bytes in them. Immutable.
 *
 * @param connections the number of connections
 * @param sent payload bytes of the originators
 * @param received payload bytes of the responders
 */
record Traffic(long connections, long sent, long received) {

  Traffic plus(Traffic other) {
    return new Traffic(
        connections + other.connections, sent + other.sent, received + other.received);
  }

  long bytes() {
    return sent + received;
  }
}
