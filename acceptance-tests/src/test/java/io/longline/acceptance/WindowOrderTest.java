package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.sql.SqlLedger;
import io.longline.host.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Windows have the same bytes in whatever order their batches come, and however often the hosts are
 * killed in between. The seed is in the name of each test.
 */
@Tag("slow")
class WindowOrderTest {

  /** How often hosts are killed in each order. */
  private static final int KILLS = 3;

  private static final List<String> OUTPUTS = List.of("traffic-summary", "hours");

  private static final Pattern BLANKS = Pattern.compile(" +");

  @TempDir static Path shared;

  private static HourlyLogs logs;
  private static Path plugins;
  private static Map<String, byte[]> expected;

  @TempDir Path folder;

  @BeforeAll
  static void runInNaturalOrder() throws Exception {
    logs = HourlyLogs.below(shared.resolve("logs"));
    plugins = Files.createDirectories(shared.resolve("plugins"));
    WindowPlugins.trafficSummary(plugins);
    WindowPlugins.hours(plugins);
    var output = shared.resolve("natural");
    try (var host = start(List.of("--output", output.toString()), logs.directories())) {
      end(host);
    }
    expected = outputs(output);
  }

  @AfterAll
  static void forget() {
    expected = null;
  }

  @Test
  void theWindowsHaveWhatOnePassOverTheLogsFinds() throws Exception {
    var reference = new WindowReference(logs.read());
    var rows = new TreeMap<String, List<String>>();
    reference.traffic().forEach((window, of) -> rows.put("traffic-summary/" + window, of));
    reference.hours().forEach((window, of) -> rows.put("hours/" + window, of));
    assertThat(expected).hasSameSizeAs(rows);
    rows.forEach((name, of) -> assertThat(rows(name)).as(name).isEqualTo(of));
  }

  /** The rows of a window, without titles. */
  private static List<String> rows(String name) {
    var text = new String(expected.get(name + ".log"), UTF_8);
    return text.lines()
        .map(line -> BLANKS.matcher(line).replaceAll(" "))
        .filter(line -> line.matches("\\S+( \\d+)+"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void orderAndKillsChangeNothing(long seed) throws Exception {
    var random = new Random(seed);
    var output = folder.resolve("out");
    var order = shuffled(logs.directories(), random);
    killOften(List.of(new Host(List.of("--output", output.toString()), order)), random);
    check(output);
  }

  /** Two orders, for the time that they take; {@code -Dorders=10} for more. */
  static LongStream ordersForTwoHosts() {
    return LongStream.range(11, 11 + Integer.getInteger("orders", 2));
  }

  @ParameterizedTest
  @MethodSource("ordersForTwoHosts")
  void orderAndKillsChangeNothingForTwoHosts(long seed) throws Exception {
    var random = new Random(seed);
    var order = shuffled(logs.directories(), random);
    var windows = folder.resolve("windows");
    try (var server = PostgresServer.start()) {
      var ledger = server.newDatabase();
      var hosts = new ArrayList<Host>();
      for (int i = 0; i < 2; i++) {
        var options =
            List.of(
                "--ledger",
                ledger,
                "--windows",
                windows.toString(),
                "--output",
                folder.resolve("out-" + i).toString());
        hosts.add(new Host(options, order.subList(i * 36, (i + 1) * 36)));
      }
      killOften(hosts, random);
      try (var known =
          SqlLedger.open(LedgerLocation.at(ledger), LedgerClock.of(Clock.systemUTC()))) {
        assertThat(known.view().count(BatchState.DONE))
            .as(known.view().status() + "")
            .isEqualTo(72);
      }
    }
    check(windows);
  }

  /** What a host is started with. */
  private record Host(List<String> options, List<Path> directories) {}

  private static List<Path> shuffled(List<Path> directories, Random random) {
    var order = new ArrayList<>(directories);
    Collections.shuffle(order, random);
    return order;
  }

  /** Starts hosts and kills them at random moments, and has them come to their end afterwards. */
  private static void killOften(List<Host> hosts, Random random) throws Exception {
    var running = new ArrayList<Program>();
    try {
      for (var host : hosts) {
        running.add(start(host.options(), host.directories()));
      }
      for (int i = 0; i < KILLS; i++) {
        int victim = random.nextInt(hosts.size());
        // One that has come to its end is killed no more, and started again.
        running.get(victim).process().waitFor(random.nextLong(300, 2_500), TimeUnit.MILLISECONDS);
        running.get(victim).process().destroyForcibly().waitFor();
        running.get(victim).close();
        running.set(victim, start(hosts.get(victim).options(), hosts.get(victim).directories()));
      }
      for (var program : running) {
        end(program);
      }
    } finally {
      for (var program : running) {
        program.close();
      }
    }
  }

  private static Program start(List<String> options, List<Path> directories) throws IOException {
    var args = new ArrayList<>(List.of("run", "--plugins", plugins.toString()));
    // Each death of a host is charged to the call that ran.
    args.addAll(List.of("--max-attempts", "1000", "--retry-delay", "50ms"));
    args.addAll(options);
    directories.forEach(directory -> args.add(directory.toString()));
    return Program.start(args.toArray(String[]::new));
  }

  private static void end(Program host) throws Exception {
    host.rest();
    assertThat(host.exitCode()).as(host.err()).isZero();
  }

  /** Checks that the outputs are those of the natural order, and that nothing else is left. */
  private static void check(Path output) throws IOException {
    var found = outputs(output);
    assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
    found.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
    assertThat(output.resolve(".longline/windows")).isEmptyDirectory();
  }

  /** The outputs of the windows, by {@code NAME/WINDOW.log}. */
  private static Map<String, byte[]> outputs(Path output) throws IOException {
    var found = new TreeMap<String, byte[]>();
    for (var name : OUTPUTS) {
      try (var files = Files.list(output.resolve(name))) {
        for (var file : files.toList()) {
          found.put(name + "/" + file.getFileName(), Files.readAllBytes(file));
        }
      }
    }
    return found;
  }
}
