package io.longline.zeek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The corpus of real logs with its oracle, if it is available; see {@code CONTRIBUTING.md}. */
final class Corpus {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS);

  private final Path folder;

  private Corpus(Path folder) {
    this.folder = folder;
  }

  /** The corpus. If it is missing, the calling test is skipped, but fails in CI. */
  static Corpus require() {
    var folder = Path.of(System.getProperty("longline.shared", "../../shared"), "corpus");
    if ("true".equals(System.getenv("CI"))) {
      assertThat(folder).as("the corpus, which CI must have").isDirectory();
    }
    assumeTrue(Files.isDirectory(folder), "SKIPPED: no corpus of real logs at " + folder);
    return new Corpus(folder);
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** One object a log. */
  List<JsonNode> oracle() throws IOException {
    List<Path> files;
    try (var entries = Files.list(folder.resolve("oracle"))) {
      files =
          entries.filter(file -> !file.getFileName().toString().startsWith("_")).sorted().toList();
    }
    var logs = new ArrayList<JsonNode>();
    for (var file : files) {
      for (var line : Files.readAllLines(file)) {
        logs.add(JSON.readTree(line));
      }
    }
    return logs;
  }

  /** One object for each pair of files with the same events, in TSV and in JSON. */
  List<JsonNode> pairs() throws IOException {
    var pairs = new ArrayList<JsonNode>();
    try (var files = Files.newDirectoryStream(folder.resolve("oracle"), "_pairs-*.jsonl")) {
      for (var file : files) {
        for (var line : Files.readAllLines(file)) {
          pairs.add(JSON.readTree(line));
        }
      }
    }
    return pairs;
  }

  /** All logs, in the order of their names. */
  List<Path> files() throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(folder.resolve("oracle")))
          .sorted()
          .toList();
    }
  }
}
