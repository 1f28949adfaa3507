package io.longline.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The windows of hosts that are killed, and directories that the ledger forgets meanwhile. Confined
 * to one thread.
 */
final class KilledWindows {

  /** How many directories there are besides the others. */
  static final int DIRECTORIES = 12;

  private final Path folder;
  private final Ledger ledger;
  private final List<Path> directories = new ArrayList<>();
  private int next;

  /** Makes the directories and hands them in. */
  KilledWindows(Path parent, Ledger ledger) throws IOException {
    this.folder = parent.resolve("windows");
    this.ledger = ledger;
    for (int i = 0; i < DIRECTORIES; i++) {
      var directory = Files.createDirectories(parent.resolve("forgotten/extra-" + i)).toRealPath();
      var rows = new StringBuilder("#path\tconn\n#fields\tts\tuid\n#types\ttime\tstring\n");
      for (int row = 0; row < 20; row++) {
        rows.append("1714431600.%06d\tExtra%d-%d\n".formatted(row, i, row));
      }
      Files.writeString(directory.resolve("conn.log"), rows);
      KilledHosts.accept(ledger, directory);
      directories.add(directory);
    }
  }

  /** The folder that hosts share for windows. */
  Path folder() {
    return folder;
  }

  /** Has the ledger forget one of the directories, and hands it in again. */
  void forgetOne() throws IOException {
    var directory = directories.get(next++ % DIRECTORIES);
    // It is not forgotten while a host works on it.
    if (ledger.batches().forget(directory) > 0) {
      KilledHosts.accept(ledger, directory);
    }
  }

  /** Has the ledger forget every second of the directories, and closes all windows. */
  void forgetRest() throws IOException {
    for (int i = 0; i < DIRECTORIES; i += 2) {
      assertThat(ledger.batches().forget(directories.get(i))).isOne();
    }
    ledger.windows().close(null);
  }

  /** Whether all windows are done. */
  boolean areDone() throws IOException {
    return ledger.windows().windows(null, 1_000).stream()
        .allMatch(window -> window.state() == BatchState.DONE && !window.isChanged());
  }

  /** Checks that the outputs have each connection once, but for those that do not count. */
  void check(Path logs) throws IOException {
    var expected = new TreeMap<String, List<String>>();
    try (var all = Files.list(logs)) {
      for (var directory : all.toList()) {
        // On these the hook always fails.
        if (!directory.getFileName().toString().matches("capture_[0-9]*7-.*")) {
          read(directory, expected);
        }
      }
    }
    for (int i = 1; i < DIRECTORIES; i += 2) {
      read(directories.get(i), expected);
    }
    expected.values().forEach(uids -> uids.sort(null));
    assertThat(expected).hasSizeGreaterThan(5);
    assertThat(outputs().keySet()).containsExactlyElementsOf(expected.keySet());
    expected.forEach((window, uids) -> assertThat(outputs(window)).as(window).isEqualTo(uids));
  }

  private static void read(Path directory, Map<String, List<String>> byWindow) throws IOException {
    for (var line : Files.readAllLines(directory.resolve("conn.log"))) {
      if (!line.startsWith("#")) {
        var cells = line.split("\t", 3);
        var time = Instant.ofEpochSecond(Long.parseLong(cells[0].replaceFirst("\\..*", "")));
        var day = time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        byWindow.computeIfAbsent(day, name -> new ArrayList<>()).add(cells[1]);
        byWindow.computeIfAbsent("run", name -> new ArrayList<>()).add(cells[1]);
      }
    }
  }

  private Map<String, Path> outputs() throws IOException {
    var found = new TreeMap<String, Path>();
    try (var files = Files.list(folder.resolve("uids"))) {
      files.forEach(file -> found.put(file.getFileName().toString().replace(".log", ""), file));
    }
    return found;
  }

  private List<String> outputs(String window) {
    try {
      return Files.readAllLines(folder.resolve("uids").resolve(window + ".log"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
