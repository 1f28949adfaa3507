package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Three days of real connections as a directory for each hour. Immutable. */
final class HourlyLogs {

  private static final Pattern HOUR = Pattern.compile("conn\\.(\\d\\d):.*\\.log\\.gz");

  private final Path shared;
  private final List<Path> directories;

  private HourlyLogs(Path shared, List<Path> directories) {
    this.shared = shared;
    this.directories = List.copyOf(directories);
  }

  /** Lays the directories out below a folder; skips the test if the logs are not here. */
  static HourlyLogs below(Path folder) throws IOException {
    var shared = Checkout.requireShared("detections/rita-missing-host");
    var directories = new TreeSet<Path>();
    for (var log : connections(shared)) {
      var name = HOUR.matcher(log.getFileName().toString());
      assertThat(name.matches()).as(log.toString()).isTrue();
      var day = log.getParent().getFileName().toString();
      var directory = Files.createDirectories(folder.resolve(day + "T" + name.group(1)));
      Files.copy(log, directory.resolve("conn.log.gz"));
      directories.add(directory.toRealPath());
    }
    assertThat(directories).hasSize(72);
    return new HourlyLogs(shared, List.copyOf(directories));
  }

  private static List<Path> connections(Path shared) throws IOException {
    try (var files = Files.walk(shared)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("conn."))
          .sorted()
          .toList();
    }
  }

  /** The directories, the earliest first. */
  List<Path> directories() {
    return directories;
  }

  /**
   * A connection.
   *
   * @param micros when it began, in microseconds since 1970 UTC
   * @param service null if it is unset
   * @param sent zero if it is unset
   * @param received zero if it is unset
   */
  record Connection(
      long micros, String uid, String originator, String service, long sent, long received) {}

  /** All connections, read without any code of the program. */
  List<Connection> read() throws IOException {
    var found = new ArrayList<Connection>();
    for (var log : connections(shared)) {
      try (var lines =
          new BufferedReader(
              new InputStreamReader(new GZIPInputStream(Files.newInputStream(log)), UTF_8))) {
        read(lines, found);
      }
    }
    return found;
  }

  private static void read(BufferedReader lines, List<Connection> found) throws IOException {
    List<String> fields = List.of();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var cells = List.of(line.split("\t", -1));
      if (cells.get(0).equals("#fields")) {
        fields = cells.subList(1, cells.size());
      } else if (!line.startsWith("#")) {
        var service = cells.get(fields.indexOf("service"));
        found.add(
            new Connection(
                micros(cells.get(fields.indexOf("ts"))),
                cells.get(fields.indexOf("uid")),
                cells.get(fields.indexOf("id.orig_h")),
                service.equals("-") ? null : service,
                count(cells.get(fields.indexOf("orig_bytes"))),
                count(cells.get(fields.indexOf("resp_bytes")))));
      }
    }
  }

  private static long micros(String time) {
    assertThat(time).matches("\\d+\\.\\d{6}");
    return Long.parseLong(time.replace(".", ""));
  }

  private static long count(String cell) {
    return cell.equals("-") ? 0 : Long.parseLong(cell);
  }
}
