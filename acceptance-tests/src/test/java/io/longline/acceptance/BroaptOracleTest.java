package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longline.host.app.HookHost;
import io.longline.host.configuration.HostSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The outputs of the bundled plugins, against those of BroAPT's own hooks. */
class BroaptOracleTest {

  private static final int URL = 3;

  /** Columns that hold base64. */
  private static final Set<Integer> BASE64 = Set.of(4, 5, 7, 11);

  /** BroAPT's defects that show in these rows, and what Longline does in their place. */
  private enum Fixed {
    /** The host name is dropped; here it is kept. */
    URL,
    /**
     * Escapes are undone to one character a byte, as in Latin-1; here to bytes, as Zeek wrote them.
     */
    ESCAPES,
    /** The texts - and (empty) of a JSON log are treated as texts, or pandas' nan is written. */
    MARKERS,
    /** Rows below a second header in the file are lost. */
    APPENDED
  }

  @TempDir Path output;

  private void run(Path logs, Path extracted) throws Exception {
    var settings =
        HostSettings.builder(Checkout.plugins(), output).workers(1).extracted(extracted).build();
    try (var host = HookHost.start(settings)) {
      host.submit(logs);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs", "logs-json"})
  void httpConnectionsWritesEqualRows(String logs) throws Exception {
    var oracle = Checkout.requireShared("broapt-oracle").resolve("generated");
    run(oracle.resolve(logs), oracle.resolve("dump"));
    var expected = Files.readAllLines(oracle.resolve("expected/" + logs + ".http.expected"));
    // Outputs are in the order of commit; with one worker that is the order of directories.
    var comparison = new Comparison();
    comparison.compare(logs, expected, Checkout.dailyRows(output, "http"));
    assertThat(expected).hasSize(360);
    assertThat(comparison.unexplained).isEmpty();
    assertThat(comparison.explained.keySet()).isSubsetOf(Fixed.URL, Fixed.ESCAPES);
    assertThat(comparison.explained.getOrDefault(Fixed.ESCAPES, 0))
        .as("cells with escaped bytes")
        .isEqualTo(logs.equals("logs") ? 11 : 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs", "logs-json"})
  void extractedFilesWritesEqualObjects(String logs) throws Exception {
    var oracle = Checkout.requireShared("broapt-oracle").resolve("generated");
    run(oracle.resolve(logs), oracle.resolve("dump"));
    var expected = new ArrayList<JsonNode>();
    for (var line : Files.readAllLines(oracle.resolve("expected/" + logs + ".info.expected"))) {
      var absolute =
          line.replace("LOGS/", oracle.resolve(logs) + "/")
              .replace("DUMP/", oracle.resolve("dump") + "/");
      expected.add(comparable(absolute));
    }
    assertThat(expected).isNotEmpty();
    var actual = new ArrayList<JsonNode>();
    for (var line : Checkout.dailyRows(output, "info")) {
      actual.add(comparable(line));
    }
    assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
  }

  /**
   * Drops names that may differ between detectors; but a type must be detected where libmagic
   * detects one. The NaN that pandas writes for a text that is not set is no JSON: here it is null.
   */
  private static JsonNode comparable(String line) throws IOException {
    var object =
        (ObjectNode) Checkout.json(line.replace("\"source_name\": NaN", "\"source_name\": null"));
    object.put("real_mime_type", !object.get("real_mime_type").isNull());
    return object;
  }

  /**
   * Rows of real logs. BroAPT reads the file http.log alone, so each is put into a directory of its
   * own.
   */
  @Test
  void rowsOfRealLogsAreEqualExceptForBroaptsDefects() throws Exception {
    var corpus = Checkout.requireShared("corpus");
    var oracle =
        Checkout.jsonLines(Checkout.requireShared("broapt-oracle").resolve("corpus-http.jsonl"));
    var comparison = new Comparison();
    int compared = 0;
    for (var directory : oracle) {
      var logs = Files.createDirectories(output.resolve("logs/" + compared));
      Files.copy(
          corpus.resolve(directory.get("dir").asText()).resolve("http.log"),
          logs.resolve("http.log"));
      var out = output.resolve("out/" + compared++);
      var settings =
          HostSettings.builder(Checkout.plugins(), out)
              .workers(1)
              .only(Set.of("http-connections"))
              .build();
      try (var host = HookHost.start(settings)) {
        host.submit(logs);
      }
      var expected = new ArrayList<String>();
      directory.get("rows").forEach(row -> expected.add(row.asText()));
      comparison.compare(directory.get("dir").asText(), expected, Checkout.dailyRows(out, "http"));
    }
    assertThat(compared).isEqualTo(67);
    assertThat(comparison.unexplained).isEmpty();
    assertThat(comparison.appended)
        .containsExactlyInAnyOrder("derived/appended-other-schema", "derived/appended-same");
  }

  /** Compares rows cell by cell; each difference is one of the defects, or unexplained. */
  private static final class Comparison {

    private final Map<Fixed, Integer> explained = new EnumMap<>(Fixed.class);
    private final List<String> appended = new ArrayList<>();
    private final List<String> unexplained = new ArrayList<>();

    void compare(String name, List<String> expected, List<String> actual) {
      if (actual.size() < expected.size()) {
        unexplained.add(name + ": expected " + expected.size() + " rows, got " + actual.size());
        return;
      }
      if (actual.size() > expected.size()) {
        explained.merge(Fixed.APPENDED, 1, Integer::sum);
        appended.add(name);
      }
      for (int row = 0; row < expected.size(); row++) {
        compareRow(
            name + " row " + row,
            expected.get(row).split("\t", -1),
            actual.get(row).split("\t", -1));
      }
    }

    private void compareRow(String name, String[] expected, String[] actual) {
      if (expected.length != actual.length) {
        unexplained.add(name + ": expected " + expected.length + " columns, got " + actual.length);
        return;
      }
      for (int column = 0; column < expected.length; column++) {
        if (expected[column].equals(actual[column])) {
          continue;
        }
        var reason = reason(column, expected[column], actual[column]);
        if (reason == null) {
          unexplained.add(
              "%s, column %d: expected %s, got %s"
                  .formatted(name, column, expected[column], actual[column]));
        } else {
          explained.merge(reason, 1, Integer::sum);
        }
      }
    }

    private static Fixed reason(int column, String expected, String actual) {
      if (column == URL) {
        return Fixed.URL;
      }
      if (isMarker(expected) && Set.of("NoDef", "(empty)").contains(actual)) {
        return Fixed.MARKERS;
      }
      if (!BASE64.contains(column) || expected.equals("NoDef") || expected.equals("(empty)")) {
        return null;
      }
      var theirs = new String(Base64.getDecoder().decode(expected), UTF_8);
      if (Set.of("NoDef", "(empty)").contains(actual)) {
        return isMarker(theirs) ? Fixed.MARKERS : null;
      }
      var ours = new String(Base64.getDecoder().decode(actual), ISO_8859_1);
      return ours.equals(theirs) ? Fixed.ESCAPES : null;
    }

    private static boolean isMarker(String text) {
      return Set.of("-", "(empty)", "nan").contains(text);
    }
  }
}
