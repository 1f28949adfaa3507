package io.longline.plugins.indicators;

import io.longline.detections.Addresses;
import io.longline.detections.Key;
import io.longline.zeek.LogRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the values of records in an index, and hands over what it finds. Confined to one sink;
 * unless something is found, an address costs no object and a text one.
 */
final class Search {

  private final IndicatorIndex index;
  private final Matches matches;
  private final boolean wantsPorts;
  private final Key key = new Key();
  private final byte[] address = new byte[Addresses.V6];
  private final ByteArrayOutputStream scratch = new ByteArrayOutputStream();
  private @Nullable LogPlan plan;

  /** What was found in the present cell, whose elements are no longer needed when it is taken. */
  private final List<Sighting> found = new ArrayList<>();

  private int hostColumn;

  /** Takes what was found. */
  @FunctionalInterface
  interface Matches {

    /** Takes a value of a record that is among the indicators. */
    void take(LogRecord record, LogPlan plan, Place place, Sighting sighting) throws IOException;
  }

  Search(IndicatorIndex index, Matches matches) {
    this.index = index;
    this.matches = matches;
    this.wantsPorts = index.types().contains(IndicatorType.ADDR_PORT);
  }

  /** Starts a log. */
  void begin(LogPlan next) {
    plan = next;
    hostColumn = LogPlan.RESP_H;
    for (int i = 0; i < next.fields().size(); i++) {
      if (next.fields().get(i).name().equals("host")) {
        hostColumn = i;
      }
    }
  }

  /** Looks for everything that is in a record. */
  void accept(LogRecord next) throws IOException {
    var current = plan;
    if (current == null) {
      throw new IllegalStateException("A record came before its log began.");
    }
    var places = current.places();
    for (int i = 0; i < places.size(); i++) {
      int column = current.columns().get(i);
      if (!next.isUnset(column)) {
        var place = places.get(i);
        place.reading().read(next, column, place, this);
        if (!found.isEmpty()) {
          handOver(next, current, place);
        }
      }
    }
  }

  private void handOver(LogRecord record, LogPlan current, Place place) throws IOException {
    try {
      for (var sighting : found) {
        matches.take(record, current, place, sighting);
      }
    } finally {
      found.clear();
    }
  }

  /** Where an address may be written to. */
  byte[] address() {
    return address;
  }

  /** An empty buffer. */
  ByteArrayOutputStream scratch() {
    scratch.reset();
    return scratch;
  }

  /** Whether there are indicators with a port. */
  boolean wantsPorts() {
    return wantsPorts;
  }

  /** The column of the host of a request. */
  int hostColumn() {
    return hostColumn;
  }

  /**
   * Looks for {@link #address()}.
   *
   * @param length how many bytes it has
   * @param port its port; negative if there is none
   */
  void address(int length, int port, int column, LogRecord from) {
    int bytes = length == Addresses.V6 ? Addresses.unmapped(address) : length;
    if (bytes == 0) {
      return;
    }
    var match = index.address(key, address, bytes);
    if (port >= 0) {
      match = index.addressPort(key, address, bytes, port, match);
    }
    if (match != null) {
      var text = from.bytes(column);
      found.add(new Sighting(IndicatorType.ADDR, text == null ? new byte[0] : text, match));
    }
  }

  /** Looks for a text if it is an address; returns whether it is. */
  boolean addressText(byte[] text, int from, int to) {
    int length = Addresses.parse(text, from, to, address);
    if (length > 0) {
      found(IndicatorType.ADDR, text, from, to, index.address(key, address, length));
    }
    return length > 0;
  }

  /** Looks for a domain name. */
  void name(byte[] text, int from, int to) {
    found(IndicatorType.DOMAIN, text, from, to, index.domain(key, text, from, to));
  }

  /** Looks for a text of some type. */
  void text(IndicatorType type, byte[] text, int from, int to) {
    found(type, text, from, to, index.text(key, type, text, from, to));
  }

  private void found(IndicatorType type, byte[] text, int from, int to, @Nullable Match match) {
    if (match != null) {
      found.add(new Sighting(type, Arrays.copyOfRange(text, from, to), match));
    }
  }
}
