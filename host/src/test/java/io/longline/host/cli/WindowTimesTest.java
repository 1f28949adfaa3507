package io.longline.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.app.HookHost;
import io.longline.host.configuration.HostSettings;
import io.longline.host.event.HostEvent;
import io.longline.host.testing.AwaitedEvents;
import io.longline.host.testing.WindowPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When windows are closed and sealed: by the times of facts, and what clocks do to it. */
class WindowTimesTest {

  private static final String MONDAY = "1714348800.000000";
  private static final String TUESDAY = "1714435200.000000";
  private static final String IN_A_MONTH = "1717027200.000000";
  private static final String FAR_AHEAD = "4102444800.000000";

  @TempDir Path home;

  private final AwaitedEvents events = new AwaitedEvents();
  private final MovableClock clock = new MovableClock();
  private Path plugins;
  private Path logs;
  private Path output;
  private CliHarness cli;
  private int batches;

  /** The machine's clock, which is set. Thread-safe. */
  private static final class MovableClock extends Clock {

    private volatile Duration shift = Duration.ZERO;

    @Override
    public Instant instant() {
      return Instant.now().plus(shift);
    }

    @Override
    public ZoneId getZone() {
      return ZoneId.of("UTC");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void prepare() throws IOException {
    plugins = Files.createDirectories(home.resolve("plugins-dir"));
    logs = Files.createDirectories(home.resolve("logs"));
    output = home.resolve("out");
    cli = new CliHarness(home);
    WindowPlugin.in(plugins).build();
  }

  /** A host that closes windows by their times alone, unless they are idle for so long. */
  private HookHost host(@Nullable Duration idle) throws Exception {
    return HookHost.start(
        HostSettings.builder(plugins, output)
            .workers(1)
            .closing(new HostSettings.Closing(false, idle))
            .clock(clock)
            .listeners(List.of(events))
            .build());
  }

  /** Makes a directory with one connection of each of these times. */
  private Path batch(String... times) throws IOException {
    var rows = new ArrayList<String>();
    for (var time : times) {
      rows.add(time + " C" + batches + " 10.0.0.1");
    }
    return WindowPlugin.logs(logs, "b" + batches++, rows.toArray(String[]::new));
  }

  private void submit(HookHost host, int count, String time) throws IOException {
    for (int i = 0; i < count; i++) {
      host.submit(batch(time));
    }
  }

  /** The states of the windows as the command line shows them. */
  private Map<String, String> states() throws IOException {
    assertThat(cli.run("windows", "--json", "--state", state())).as(cli.err()).isZero();
    var states = new TreeMap<String, String>();
    for (var line : cli.jsonLines()) {
      states.put(line.path("window").asText(), line.path("state").asText());
    }
    return states;
  }

  private String state() {
    return output.resolve(".longline").toString();
  }

  private List<String> window(String name) throws IOException {
    return Files.readAllLines(output.resolve("counts").resolve(name + ".log"));
  }

  private void run(Path directory) {
    assertThat(cli.run("run", "--output", output.toString(), directory.toString()))
        .as(cli.err() + cli.out())
        .isZero();
  }

  @Test
  void aRowWithATimeFarAheadClosesNoWindow() throws Exception {
    var times = new String[200];
    Arrays.fill(times, MONDAY);
    times[100] = FAR_AHEAD;
    try (var host = host(null)) {
      submit(host, 6, MONDAY);
      host.submit(batch(times));
      submit(host, 2, MONDAY);
    }
    assertThat(states())
        .containsOnly(
            Map.entry("2024-04-29", "open"),
            Map.entry("2100-01-01", "open"),
            Map.entry("run", "open"));
    try (var host = host(null)) {
      submit(host, 2, TUESDAY);
    }
    assertThat(states()).containsEntry("2024-04-29", "done").containsEntry("2024-04-30", "open");
    assertThat(window("2024-04-29")).singleElement().asString().startsWith("10.0.0.1 207 ");
  }

  @Test
  void aBatchWithTimesFarAheadClosesNoWindow() throws Exception {
    try (var host = host(null)) {
      submit(host, 1, FAR_AHEAD);
      submit(host, 6, MONDAY);
      submit(host, 2, FAR_AHEAD);
      submit(host, 2, MONDAY);
    }
    assertThat(states())
        .containsOnly(
            Map.entry("2024-04-29", "open"),
            Map.entry("2100-01-01", "open"),
            Map.entry("run", "open"));
    try (var host = host(null)) {
      submit(host, 2, TUESDAY);
    }
    assertThat(states()).containsEntry("2024-04-29", "done").containsEntry("2024-04-30", "open");
  }

  @Test
  void windowsBeforeAGapAreClosedOnceMostBatchesAreAfterIt() throws Exception {
    try (var host = host(null)) {
      submit(host, 8, MONDAY);
      submit(host, 4, IN_A_MONTH);
    }
    assertThat(states()).containsEntry("2024-04-29", "open");
    try (var host = host(null)) {
      submit(host, 4, IN_A_MONTH);
    }
    assertThat(states()).containsEntry("2024-04-29", "done").containsEntry("2024-05-30", "open");
  }

  /** Late facts are waited for by the clock: for not longer, whatever the clock says. */
  @ParameterizedTest
  @ValueSource(ints = {-24, 24})
  void lateFactsAreInTheOutputThoughTheClockWasSet(int hours) throws Exception {
    try (var host = host(null)) {
      submit(host, 6, MONDAY);
      submit(host, 2, TUESDAY);
      awaitWindow("2024-04-29", 1);
      submit(host, 1, MONDAY);
      events.awaitCalls("counts/Counts", 10);
      clock.shift = Duration.ofHours(hours);
      awaitWindow("2024-04-29", 2);
    }
    assertThat(window("2024-04-29")).singleElement().asString().startsWith("10.0.0.1 7 ");
  }

  private void awaitWindow(String name, int calls) throws InterruptedException {
    events.await(calls, HostEvent.CallEnded.class, call -> name.equals(call.window()));
  }

  @Test
  void windowsAreClosedWhenNoFactComesForAWhile() throws Exception {
    try (var host = host(Duration.ofSeconds(1))) {
      submit(host, 3, MONDAY);
      awaitWindow("2024-04-29", 1);
      awaitWindow("run", 1);
    }
    assertThat(window("2024-04-29")).singleElement().asString().startsWith("10.0.0.1 3 ");
    assertThat(window("run")).singleElement().asString().startsWith("10.0.0.1 3 ");
  }

  @Test
  void whatWasPrunedStaysAsItIs() throws Exception {
    clock.shift = Duration.ofHours(-3);
    try (var host = host(null)) {
      submit(host, 6, MONDAY);
      submit(host, 2, TUESDAY);
    }
    assertThat(states()).containsEntry("2024-04-29", "done").containsEntry("2024-04-30", "open");
    var monday = window("2024-04-29");
    assertThat(cli.run("prune", "--keep", "1h", "--state", state())).isZero();
    run(batch(MONDAY, TUESDAY));
    assertThat(window("2024-04-29")).as("sealed").isEqualTo(monday);
    assertThat(window("2024-04-30"))
        .as("it was open, so its parts are kept")
        .containsExactly("10.0.0.1 3 [C6, C7, C8]");
  }

  @Test
  void thePartsOfSealedWindowsAreRemoved() throws Exception {
    clock.shift = Duration.ofHours(-3);
    try (var host = host(null)) {
      // Each in a file of its own.
      for (int call = 1; call <= 6; call++) {
        submit(host, 1, MONDAY);
        events.awaitCalls("counts/Counts", call);
      }
      submit(host, 2, TUESDAY);
    }
    int before = parts();
    assertThat(before).isGreaterThanOrEqualTo(7);
    assertThat(cli.run("prune", "--keep", "1h", "--state", state())).isZero();
    run(batch(TUESDAY));
    assertThat(parts()).isLessThan(before).isPositive();
    // Directories that are processed again do not bring it back to life.
    var monday = window("2024-04-29");
    assertThat(cli.run("run", "--again", "--output", output.toString(), logs + "/b0")).isZero();
    assertThat(window("2024-04-29")).isEqualTo(monday);
  }

  private int parts() throws IOException {
    try (var files = Files.list(output.resolve(".longline/parts"))) {
      return (int) files.count();
    }
  }
}
