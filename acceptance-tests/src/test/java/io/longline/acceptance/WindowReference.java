package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;

import io.longline.acceptance.HourlyLogs.Connection;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * What windows must have, computed in one pass over all connections, without parts or merging.
 * Immutable.
 */
final class WindowReference {

  private static final Comparator<Connection> IN_WINDOW =
      Comparator.comparing(Connection::originator)
          .thenComparing(Connection::micros)
          .thenComparing(Connection::uid);

  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH");

  private final List<Connection> connections;

  WindowReference(List<Connection> connections) {
    this.connections = List.copyOf(connections);
  }

  /**
   * The rows of the tables of {@code traffic-summary} for each window: name, connections, bytes
   * sent and received, with single blanks; services first.
   */
  Map<String, List<String>> traffic() {
    var tables = new TreeMap<String, List<String>>();
    var byDay =
        connections.stream()
            .collect(groupingBy(c -> instant(c).atOffset(ZoneOffset.UTC).toLocalDate().toString()));
    byDay.forEach((day, some) -> tables.put(day, tables(some)));
    tables.put("run", tables(connections));
    return tables;
  }

  private static List<String> tables(List<Connection> some) {
    var rows = table(some, c -> c.service() == null ? "-" : c.service(), 100);
    rows.addAll(table(some, Connection::originator, 10));
    return rows;
  }

  private record Sums(String name, long connections, long sent, long received) {

    long bytes() {
      return sent + received;
    }
  }

  private static List<String> table(
      List<Connection> some, Function<Connection, String> key, int most) {
    var sums = new ArrayList<Sums>();
    some.stream()
        .collect(groupingBy(key))
        .forEach(
            (name, of) ->
                sums.add(
                    new Sums(
                        name,
                        of.size(),
                        of.stream().mapToLong(Connection::sent).sum(),
                        of.stream().mapToLong(Connection::received).sum())));
    sums.sort(Comparator.comparing(Sums::bytes).reversed().thenComparing(Sums::name));
    var rows = new ArrayList<String>();
    sums.stream()
        .limit(most)
        .map(s -> s.name() + " " + s.connections() + " " + s.sent() + " " + s.received())
        .forEach(rows::add);
    return rows;
  }

  /**
   * The rows of the windows of 24 hours that begin every hour: an originator, the number of its
   * connections, and the checksum of their times and uids in order.
   */
  Map<String, List<String>> hours() {
    var byHour = new TreeMap<LocalDateTime, List<Connection>>();
    for (var connection : connections) {
      var hour = LocalDateTime.ofInstant(instant(connection), ZoneOffset.UTC).withMinute(0);
      byHour
          .computeIfAbsent(hour.withSecond(0).withNano(0), at -> new ArrayList<>())
          .add(connection);
    }
    var windows = new TreeMap<String, List<String>>();
    var last = byHour.lastKey();
    for (var start = byHour.firstKey().minusHours(23);
        !start.isAfter(last);
        start = start.plusHours(1)) {
      var some = new ArrayList<Connection>();
      byHour.subMap(start, start.plusHours(24)).values().forEach(some::addAll);
      if (!some.isEmpty()) {
        windows.put(HOUR.format(start) + "-24h", originators(some));
      }
    }
    return windows;
  }

  private static List<String> originators(List<Connection> some) {
    some.sort(IN_WINDOW);
    var rows = new ArrayList<String>();
    int begin = 0;
    for (int i = 1; i <= some.size(); i++) {
      if (i == some.size() || !some.get(i).originator().equals(some.get(begin).originator())) {
        rows.add(row(some.subList(begin, i)));
        begin = i;
      }
    }
    return rows;
  }

  private static String row(List<Connection> ofOne) {
    var checksum = new CRC32();
    ofOne.forEach(c -> checksum.update((c.micros() + c.uid()).getBytes(UTF_8)));
    return ofOne.get(0).originator() + " " + ofOne.size() + " " + checksum.getValue();
  }

  private static Instant instant(Connection connection) {
    return Instant.ofEpochSecond(0, TimeUnit.MICROSECONDS.toNanos(connection.micros()));
  }
}
