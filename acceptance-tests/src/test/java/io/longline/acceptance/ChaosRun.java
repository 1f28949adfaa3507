package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.CallState;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerException;
import io.longline.host.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that are killed at random moments, while somebody hands in directories, replays, forgets,
 * prunes, exchanges plugins and lets the database crash, all at random; and the account of how
 * often each hook must have been called on each directory in the end. Confined to one thread.
 */
final class ChaosRun implements AutoCloseable {

  private static final int ROWS = 20;
  private static final long LIMIT_SECONDS = 180;

  private final Path folder;
  private final Path plugins;
  private final List<String> place;
  private final List<String> options;
  private final Ledger ledger;
  private final Random random;
  private final @Nullable PostgresServer database;
  private final ChaosPlugin plugin;
  private final Map<Integer, Program> hosts = new TreeMap<>();

  /** How often each hook must have succeeded on a directory: that of names, that of uids. */
  private final Map<Path, int[]> expected = new TreeMap<>();

  private final Map<String, Integer> deeds = new TreeMap<>();

  /**
   * @param place the options that name the ledger
   * @param options more options of the hosts
   * @param ledger the same ledger
   * @param database the server that has the ledger; null if a file has it
   */
  ChaosRun(
      Path folder,
      List<String> place,
      List<String> options,
      Ledger ledger,
      Random random,
      @Nullable PostgresServer database)
      throws IOException {
    this.folder = folder;
    this.place = place;
    this.options = options;
    this.ledger = ledger;
    this.random = random;
    this.database = database;
    this.plugins = Files.createDirectories(folder.resolve("plugins"));
    this.plugin = new ChaosPlugin(Files.createDirectories(folder.resolve("jars")));
    for (var jar : List.of(plugin.next(), plugin.neighbour())) {
      Files.copy(jar, plugins.resolve(jar.getFileName()));
    }
  }

  /** Kills that many hosts, and has something done before each. */
  void killOften(int kills, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      start(i);
      // From here on the plugins are in the ledger.
      hosts.get(i).awaitErr("longline: watching");
    }
    enqueueNew(5);
    for (int kill = 0; kill < kills; kill++) {
      int victim = random.nextInt(count);
      long moment = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextLong(50, 2_500));
      do {
        doSomething();
      } while (System.nanoTime() < moment);
      var host = hosts.get(victim);
      assertThat(host.process().isAlive()).as("it ended by itself: %s", host.err()).isTrue();
      host.process().destroyForcibly().waitFor();
      host.close();
      start(victim);
      count("kill");
    }
  }

  private void start(int number) throws IOException {
    var args = new ArrayList<>(List.of("watch"));
    args.addAll(place);
    args.addAll(List.of("--plugins", plugins.toString(), "--lease", "3s"));
    args.addAll(List.of("--output", output(number).toString()));
    args.addAll(List.of("--max-attempts", "3", "--retry-delay", "50ms", "--pause-after", "0"));
    args.addAll(options);
    hosts.put(number, Program.start(args.toArray(String[]::new)));
  }

  private Path output(int number) {
    return folder.resolve("out-" + number);
  }

  private void doSomething() throws Exception {
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> enqueueNew(1 + random.nextInt(5));
      case 4 -> enqueueAgain();
      case 5 -> replayDead();
      case 6 -> replaySucceeded();
      case 7 -> forget();
      case 8 -> prune();
      case 9 -> installNext();
      case 10 -> exchangeNeighbour();
      default -> crashDatabase();
    }
  }

  private void crashDatabase() {
    if (database != null) {
      database.crash();
      count("database crash");
    }
  }

  private void enqueueNew(int count) throws Exception {
    var fresh = new ArrayList<Path>();
    for (int i = 0; i < count; i++) {
      fresh.add(newDirectory(expected.size() + i));
    }
    assertThat(command("enqueue", fresh)).isZero();
    fresh.forEach(directory -> expected.put(directory, new int[] {1, 1}));
  }

  private Path newDirectory(int number) throws IOException {
    var directory = Files.createDirectories(folder.resolve("logs/d" + number)).toRealPath();
    var text = new StringBuilder();
    text.append("#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n");
    text.append("#path\tconn\n#fields\tts\tuid\n#types\ttime\tstring\n");
    for (int row = 0; row < ROWS; row++) {
      text.append("1714420800.%06d\t%s-%d\n".formatted(row, directory.getFileName(), row));
    }
    if (random.nextInt(8) == 0) {
      Files.createFile(directory.resolve("ill"));
    }
    Files.writeString(directory.resolve("conn.log"), text, UTF_8);
    return directory;
  }

  /** Nothing must come of this. */
  private void enqueueAgain() throws Exception {
    assertThat(command("enqueue", List.of(any()))).isZero();
  }

  /** Heals some directory, and has all dead letters tried again; some will be dead once more. */
  private void replayDead() throws Exception {
    Files.deleteIfExists(any().resolve("ill"));
    assertThat(command("dead", List.of("replay"))).isIn(0, 2);
  }

  private void replaySucceeded() throws Exception {
    var directory = any();
    if (isSettled(directory)) {
      var args = List.of("--hook", ChaosPlugin.LOG_HOOK, "--again", directory.toString());
      if (command("replay", args) == 0) {
        expected.get(directory)[0]++;
        count("replay of what had succeeded");
      }
    }
  }

  private void forget() throws Exception {
    var directory = any();
    if (isSettled(directory) && command("forget", List.of(directory)) == 0) {
      assertThat(command("enqueue", List.of(directory))).isZero();
      expected.get(directory)[0]++;
      expected.get(directory)[1]++;
      count("forgotten and handed in again");
    }
  }

  /** Whether both hooks have succeeded on it, so that it owes nothing. */
  private boolean isSettled(Path directory) throws Exception {
    return ask(
        () -> {
          var calls = ledger.view().calls(directory);
          return ledger.view().batches(directory).equals(List.of(BatchState.DONE))
              && calls.size() >= 2
              && calls.stream().allMatch(call -> call.state() == CallState.SUCCEEDED);
        });
  }

  private void prune() throws Exception {
    int age = random.nextInt(2_000);
    ask(() -> ledger.pruning().prune(age, gone -> false));
    count("prune");
    assertThat(command("prune", List.of("--keep", "1h"))).isZero();
  }

  private void installNext() throws Exception {
    var jar = plugin.next();
    run("plugins", "install", jar.toString(), "--plugins", plugins.toString());
    count("plugin exchanged");
  }

  private void exchangeNeighbour() throws Exception {
    assertThat(
            command("plugins", List.of(random.nextBoolean() ? "disable" : "enable", "neighbour")))
        .isZero();
  }

  private Path any() {
    var all = List.copyOf(expected.keySet());
    return all.get(random.nextInt(all.size()));
  }

  /** Runs a command on the ledger; again if the database has just crashed. */
  private int command(String name, List<?> args) throws Exception {
    var line = new ArrayList<>(List.of(name));
    args.forEach(arg -> line.add(arg.toString()));
    line.addAll(place);
    count(name);
    int code = run(line.toArray(String[]::new));
    for (int attempt = 1; code == 3 && attempt < 10; attempt++) {
      TimeUnit.MILLISECONDS.sleep(300);
      code = run(line.toArray(String[]::new));
    }
    return code;
  }

  private static int run(String... args) throws Exception {
    try (var program = Program.start(args)) {
      program.rest();
      return program.exitCode();
    }
  }

  private void count(String deed) {
    deeds.merge(deed, 1, Integer::sum);
  }

  /** Heals everything, waits until nothing is owed, and ends the hosts. */
  void finish() throws Exception {
    for (var directory : expected.keySet()) {
      Files.deleteIfExists(directory.resolve("ill"));
    }
    assertThat(command("plugins", List.of("enable", "neighbour"))).isZero();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!ask(this::isAllDone)) {
      assertThat(System.nanoTime()).as("not done in time: %s", status()).isLessThan(end);
      command("dead", List.of("replay"));
    }
    for (var host : hosts.values()) {
      host.awaitErr("longline: watching");
      host.signal("USR1");
      host.rest();
      assertThat(host.exitCode()).as(host.err()).isIn(0, 1);
    }
  }

  private boolean isAllDone() throws LedgerException {
    return ledger.view().count(BatchState.DONE) >= expected.size()
        && ledger.view().dead(null).isEmpty();
  }

  /** Asks the ledger; again if the database has just crashed. */
  private static <T> T ask(Callable<T> question) throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        return question.call();
      } catch (LedgerException e) {
        if (attempt == 10) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(300);
      }
    }
  }

  private String status() throws Exception {
    var text = new StringBuilder(ledger.view().status().toString());
    for (var host : hosts.values()) {
      text.append('\n').append(host.err());
    }
    return text.toString();
  }

  /** Checks that each directory was written as often as the account says, and each row whole. */
  void check() throws IOException {
    var names = lines("names.log");
    var uids = lines("uids.log");
    for (var entry : expected.entrySet()) {
      var name = entry.getKey().getFileName().toString();
      assertThat(names.getOrDefault(name, 0)).as(name).isEqualTo(entry.getValue()[0]);
      for (int row = 0; row < ROWS; row++) {
        assertThat(uids.getOrDefault(name + "-" + row, 0))
            .as("%s-%d", name, row)
            .isEqualTo(entry.getValue()[1]);
      }
    }
    assertThat(names).hasSize(expected.size());
    assertThat(uids).hasSize(expected.size() * ROWS);
  }

  /** How often each line is in the outputs of this name. */
  private Map<String, Integer> lines(String name) throws IOException {
    var lines = new TreeMap<String, Integer>();
    for (var number : hosts.keySet()) {
      var file = output(number).resolve(name);
      if (Files.exists(file)) {
        Files.readAllLines(file).forEach(line -> lines.merge(line, 1, Integer::sum));
      }
    }
    return lines;
  }

  /** What was done, for people. */
  String account() {
    return expected.size() + " directories; " + deeds;
  }

  @Override
  public void close() throws IOException {
    for (var host : hosts.values()) {
      host.close();
    }
    ledger.close();
  }
}
