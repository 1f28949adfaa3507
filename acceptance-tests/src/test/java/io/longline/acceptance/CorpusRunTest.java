package io.longline.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longline.host.app.HookHost;
import io.longline.host.configuration.HostSettings;
import io.longline.host.event.HostEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host with the bundled plugins over all real logs. */
class CorpusRunTest {

  /** The logs that the bundled plugins read. */
  private static final Set<String> READ = Set.of("conn", "http", "files");

  @TempDir Path output;

  @Test
  void everyDirectoryIsAccountedForAndEveryDamagedLogNamed() throws Exception {
    var corpus = Checkout.requireShared("corpus");
    var processed = new TreeSet<Path>();
    var settings =
        HostSettings.builder(Checkout.plugins(), output)
            .listeners(
                List.of(
                    event -> {
                      if (event instanceof HostEvent.BatchFinished finished) {
                        synchronized (processed) {
                          processed.add(finished.directory());
                        }
                      }
                    }))
            .build();
    var host = HookHost.start(settings);
    for (var top : folders(corpus)) {
      host.submit(top);
    }
    host.close();
    var summary = host.summary();

    // The times of some logs were made unreadable, XXXXXXXXXX.XXXXXX: every row of them is bad.
    assertThat(summary.calls().failures())
        .allMatch(failure -> failure.message().contains("found \"XXX"));
    assertThat(summary.directories().finished()).isEqualTo(processed.size());
    var accounted = new HashSet<Path>(processed);
    accounted.addAll(summary.directories().withoutLogs());
    summary.troubles().rejectedPaths().keySet().forEach(path -> accounted.add(Path.of(path)));
    assertThat(accounted).containsAll(foldersWithFiles(corpus));

    var named = new HashSet<Path>(summary.troubles().damagedLogs().keySet());
    assertThat(named).containsAll(damagedLogs(corpus));
    var warnings = Files.readAllLines(output.resolve("warnings.jsonl"));
    assertThat(warnings)
        .filteredOn(line -> line.contains("\"kind\":\"DAMAGED_LOG\""))
        .hasSameSizeAs(named);
    assertThat(warnings)
        .filteredOn(line -> line.contains("\"kind\":\"MISSING_FIELD\""))
        .as("cut headers, and logs with fields of their own")
        .hasSameSizeAs(summary.calls().missing());
    assertThat(warnings).noneMatch(line -> line.contains("\"kind\":\"MISSING_LOG\""));
  }

  private static List<Path> folders(Path corpus) throws IOException {
    try (var entries = Files.list(corpus)) {
      return entries
          .filter(Files::isDirectory)
          .filter(folder -> !folder.endsWith("oracle"))
          .sorted()
          .toList();
    }
  }

  private static Set<Path> foldersWithFiles(Path corpus) throws IOException {
    var folders = new TreeSet<Path>();
    for (var top : folders(corpus)) {
      try (var files = Files.walk(top)) {
        files.filter(Files::isRegularFile).forEach(file -> folders.add(file.getParent()));
      }
    }
    return folders;
  }

  /**
   * The logs that a bundled plugin reads and of which the oracle says that a line or the stream is
   * bad.
   */
  private static List<Path> damagedLogs(Path corpus) throws IOException {
    var damaged = new ArrayList<Path>();
    try (var oracles = Files.newDirectoryStream(corpus.resolve("oracle"), "[!_]*.jsonl")) {
      for (var oracle : oracles) {
        for (JsonNode log : Checkout.jsonLines(oracle)) {
          var file = corpus.resolve(log.get("file").asText());
          boolean isRead = READ.contains(log.path("path").asText()) || READ.contains(stem(file));
          boolean isCanon = log.get("file").asText().contains("-canon");
          if (isRead && !isCanon && log.path("n_bad_lines").asInt() > 0) {
            damaged.add(file);
          }
        }
      }
    }
    damaged.add(corpus.resolve("derived/gz-cut/http.log.gz"));
    damaged.add(corpus.resolve("derived/gz-badcrc/http.log.gz"));
    return damaged;
  }

  private static String stem(Path file) {
    return file.getFileName().toString().replaceFirst("\\..*", "");
  }
}
