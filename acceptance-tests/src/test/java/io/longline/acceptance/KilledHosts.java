package io.longline.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.intake.LogListing;
import io.longline.host.intake.LogProbe;
import io.longline.host.ledger.BatchLedger;
import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.CallState;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.sql.SqlLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Hosts that are killed at random moments while directories are enqueued, and checks afterwards.
 * Confined to one thread, except for the reader of the outputs.
 */
final class KilledHosts implements AutoCloseable {

  private static final int DIRECTORIES = 240;
  private static final Set<String> HOOKS =
      Set.of("http-connections/HttpConnections", "extracted-files/ExtractedFiles");
  private static final long LIMIT_SECONDS = 120;

  private final Path folder;
  private final Path logs;
  private final Path dump;
  private final Path plugins;
  private final String ledgerOption;
  private final String ledgerPlace;
  private final Ledger ledger;
  private final KilledWindows windows;
  private final List<Path> outputs = new ArrayList<>();
  private final Map<Integer, Program> running = new TreeMap<>();
  private final OutputReader reader = new OutputReader(outputs);
  private final List<Path> left;
  private int kills;
  private long takenOver;

  KilledHosts(Path folder, int hosts, String ledgerOption, String ledgerPlace) throws Exception {
    this.folder = folder;
    this.logs = folder.resolve("logs");
    this.dump = folder.resolve("dump");
    this.ledgerOption = ledgerOption;
    this.ledgerPlace = ledgerPlace;
    this.plugins = Files.createDirectories(folder.resolve("plugins"));
    for (var jar : List.of("http-connections.jar", "extracted-files.jar")) {
      Files.copy(Checkout.plugins().resolve(jar), plugins.resolve(jar));
    }
    generate();
    for (int i = 0; i < hosts; i++) {
      outputs.add(folder.resolve("out-" + i));
    }
    var location =
        ledgerOption.equals("--state")
            ? LedgerLocation.in(Path.of(ledgerPlace))
            : LedgerLocation.at(ledgerPlace);
    this.ledger = SqlLedger.open(location, LedgerClock.of(Clock.systemUTC()));
    this.windows = new KilledWindows(folder, ledger);
    WindowPlugins.flaky(plugins);
    try (var directories = Files.list(logs)) {
      this.left = new ArrayList<>(directories.sorted().toList());
    }
    assertThat(left).hasSize(DIRECTORIES);
  }

  private void generate() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var generator = Checkout.root().resolve("benchmarks/ZeekGen.java").toString();
    var command =
        new ArrayList<>(List.of(java, generator, "dirs", "--out", logs.toString(), "--dirs"));
    command.add(Integer.toString(DIRECTORIES));
    command.addAll(
        List.of(
            "--conn-rows 60 --http-rows 40 --files-rows 12 --dns-rows 5 --files-style legacy --broapt --dump"
                .split(" ")));
    command.add(dump.toString());
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
  }

  /** Starts a host, or another after it was killed. */
  void start(int host) throws IOException {
    running.put(host, start(host, ledgerPlace, List.of()));
  }

  /** Starts a host that finds the ledger at another place, by way of another program. */
  Program start(int host, String place, List<String> prefix) throws IOException {
    return Program.start(
        prefix,
        Map.of(),
        "watch",
        ledgerOption,
        place,
        "--plugins",
        plugins.toString(),
        "--lease",
        "3s",
        // Each death of a host is charged to the call that ran.
        "--max-attempts",
        "1000",
        "--retry-delay",
        "50ms",
        "--pause-after",
        "0",
        "--windows",
        windows.folder().toString(),
        "--extracted",
        dump.toString(),
        "--output",
        outputs.get(host).toString());
  }

  Program program(int host) {
    return running.get(host);
  }

  void use(int host, Program program) {
    running.put(host, program);
  }

  /** Enqueues some of the directories, and says so: from now on they must not be lost. */
  void enqueue(int count) throws IOException {
    for (int i = 0; i < count && !left.isEmpty(); i++) {
      accept(ledger, left.remove(0));
    }
  }

  static void accept(Ledger ledger, Path path) throws IOException {
    var directory = path.toRealPath();
    ledger
        .batches()
        .accept(
            directory,
            LogListing.of(directory, LogProbe.ofKnownNames()),
            BatchLedger.Mode.NEW_FILES);
  }

  /** Waits until this number of hosts are at work. */
  void awaitHosts(int count) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (ledger.view().status().hosts().size() < count) {
      assertThat(System.nanoTime()).as("hosts did not start: %s", errors()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** Kills hosts that many times at random moments, and starts them again. */
  void killOften(int times, Random random) throws Exception {
    int perKill = Math.max(1, DIRECTORIES * 9 / 10 / times);
    for (int i = 0; i < outputs.size(); i++) {
      start(i);
    }
    while (kills < times) {
      int victim = random.nextInt(outputs.size());
      // Half of the kills hit the host while it starts, the others while it works; now and then
      // there is enough time to notice and load the other version of a plugin.
      long moment = random.nextLong(100, kills % 4 == 0 ? 4_100 : 2_100);
      for (long waited = 0; waited < moment; waited += 50) {
        if (waited == 800) {
          switchVersions();
        }
        if (waited % 500 == 0) {
          enqueue(Math.max(1, perKill / 4));
        }
        assertThat(program(victim).process().waitFor(50, TimeUnit.MILLISECONDS))
            .as("it ended by itself: %s", program(victim).err())
            .isFalse();
        reader.look();
      }
      program(victim).process().destroyForcibly().waitFor();
      takenOver += takeOvers(program(victim));
      program(victim).close();
      kills++;
      windows.forgetOne();
      reader.look();
      start(victim);
    }
  }

  /** The same plugin as another version, so that hosts take it over while they run. */
  private void switchVersions() throws IOException {
    var name = "http-connections.jar";
    var fresh = folder.resolve("fresh.jar");
    try (var jar = new JarFile(Checkout.plugins().resolve(name).toFile())) {
      var manifest = jar.getManifest();
      manifest.getMainAttributes().putValue("Plugin-Version", "1.0." + kills);
      try (var out = new JarOutputStream(Files.newOutputStream(fresh), manifest)) {
        for (var entry : jar.stream().toList()) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new JarEntry(entry.getName()));
            out.write(jar.getInputStream(entry).readAllBytes());
            out.closeEntry();
          }
        }
      }
    }
    Files.move(fresh, plugins.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** How often a host has said that another version of a plugin has taken over. */
  private static long takeOvers(Program program) throws IOException {
    return program.err().lines().filter(line -> line.contains("has taken the place of")).count();
  }

  /** Enqueues the rest and waits until everything is done, then ends the hosts. */
  void finish() throws Exception {
    enqueue(DIRECTORIES);
    await(() -> ledger.view().count(BatchState.DONE) == DIRECTORIES + KilledWindows.DIRECTORIES);
    windows.forgetRest();
    await(windows::areDone);
    for (var program : running.values()) {
      // Before that it does not handle signals.
      program.awaitErr("longline: watching");
      program.signal("USR1");
      // The only hook that fails is the one that is meant to.
      assertThat(program.rest())
          .filteredOn(line -> line.matches(" +[0-9]+ x .*"))
          .allMatch(line -> line.contains(" x flaky/Flaky "));
      assertThat(program.exitCode()).as(program.err()).isBetween(0, 1);
      takenOver += takeOvers(program);
      program.close();
    }
    running.clear();
    reader.look();
    if (kills > 0) {
      assertThat(takenOver).as("plugins that were exchanged in a running host").isPositive();
    }
  }

  /** A condition that is looked at again and again. */
  private interface Condition {
    boolean isMet() throws IOException;
  }

  private void await(Condition condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.isMet()) {
      assertThat(System.nanoTime())
          .as("not done in time: %s; %s", ledger.view().status(), errors())
          .isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(100);
      reader.look();
    }
  }

  private String errors() throws IOException {
    var text = new StringBuilder();
    for (var program : running.values()) {
      text.append(program.err());
    }
    return text.toString();
  }

  /**
   * Checks that each call has one outcome, and that the outputs are those of an undisturbed run.
   */
  void check() throws Exception {
    var expectedOutput = folder.resolve("undisturbed");
    try (var program =
        Program.start(
            "run",
            "--state",
            "none",
            "--without",
            "flaky",
            "--plugins",
            plugins.toString(),
            "--extracted",
            dump.toString(),
            "--output",
            expectedOutput.toString(),
            logs.toString())) {
      program.rest();
      assertThat(program.exitCode()).as(program.err()).isZero();
    }
    try (var directories = Files.list(logs)) {
      for (var directory : directories.toList()) {
        var calls = ledger.view().calls(directory.toRealPath());
        var outcomes = new HashMap<String, CallState>();
        calls.stream()
            .filter(call -> HOOKS.contains(call.hook()))
            .forEach(call -> assertThat(outcomes.put(call.hook(), call.state())).isNull());
        assertThat(outcomes)
            .containsOnlyKeys(HOOKS)
            .allSatisfy((hook, state) -> assertThat(state).isEqualTo(CallState.SUCCEEDED));
      }
    }
    windows.check(logs);
    for (var name : List.of("http", "info")) {
      var rows = new ArrayList<String>();
      for (var output : outputs) {
        if (Files.isDirectory(output.resolve(name))) {
          rows.addAll(Checkout.dailyRows(output, name));
          checkFrames(output.resolve(name));
        }
      }
      var expected = new ArrayList<>(Checkout.dailyRows(expectedOutput, name));
      assertThat(expected).isNotEmpty();
      rows.sort(null);
      expected.sort(null);
      assertThat(rows).as(name).isEqualTo(expected);
    }
  }

  /** One header and one end, however many hosts have written to the file. */
  private static void checkFrames(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        var lines = Files.readAllLines(file);
        if (lines.get(0).startsWith("#")) {
          assertThat(lines).as(file.toString()).filteredOn(l -> l.startsWith("#fields")).hasSize(1);
          assertThat(lines).as(file.toString()).filteredOn(l -> l.startsWith("#close")).hasSize(1);
          assertThat(lines.get(lines.size() - 1)).startsWith("#close");
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (var program : running.values()) {
      program.close();
    }
    ledger.close();
  }

  /** Somebody who reads the outputs all the time: no row that it has seen is ever gone. */
  private static final class OutputReader {

    private final List<Path> outputs;
    private final Map<Path, String> seen = new HashMap<>();

    OutputReader(List<Path> outputs) {
      this.outputs = outputs;
    }

    void look() throws IOException {
      for (var output : outputs) {
        for (var name : List.of("http", "info")) {
          if (Files.isDirectory(output.resolve(name))) {
            try (var files = Files.list(output.resolve(name))) {
              for (var file : files.toList()) {
                look(file);
              }
            }
          }
        }
      }
    }

    private void look(Path file) throws IOException {
      var text = Files.readString(file);
      var whole = text.substring(0, text.lastIndexOf('\n') + 1).replaceFirst("#close.*\n$", "");
      var before = seen.put(file, whole);
      assertThat(before == null || whole.startsWith(before))
          .as("rows of %s that were there are gone", file)
          .isTrue();
    }
  }
}
