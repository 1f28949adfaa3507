package io.longline.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.event.HostEvent;
import io.longline.host.ledger.RunningCall;
import io.longline.host.plugins.HookThread;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StreamsTest {

  @Test
  void logLinesArePassedOnWholeHoweverTheyAreSplit() {
    var lines = new ArrayList<String>();
    var out = new PrintStream(new LogLines(lines::add), true, UTF_8);
    out.print("one");
    out.println(" line");
    out.print("zwei ä\r\nthree");
    assertThat(lines).containsExactly("one line", "zwei ä");
    out.println("x".repeat(20_000));
    assertThat(lines).hasSize(5).allMatch(line -> line.length() <= 8 * 1024);
  }

  @Test
  void aLastLineWithoutLineFeedIsPassedOnAtTheEnd() {
    var lines = new ArrayList<String>();
    var log = new LogLines(lines::add);
    new PrintStream(log, true, UTF_8).print("no end");
    assertThat(lines).isEmpty();
    log.handOnRest();
    log.handOnRest();
    assertThat(lines).containsExactly("no end");
  }

  @Test
  void whatIsPrintedCarriesTheIdOfTheHook() throws Exception {
    var lines = new ArrayList<String>();
    var printed = new PrintedLines((hook, line) -> lines.add(hook + ": " + line));
    var out = new PrintStream(printed, true, UTF_8);
    out.print("of no ");
    HookThread.enter("p/One");
    out.print("one");
    var thread = new Thread(() -> out.println(" started"));
    HookThread.enter("p/Two");
    out.println("two");
    HookThread.leave();
    out.println("hook");
    thread.start();
    thread.join();
    printed.handOnRest();
    assertThat(lines).containsExactly("p/Two: two", ": of no hook", "p/One: one started");
  }

  @Test
  void linesGoAboveTheStatus() {
    var bytes = new ByteArrayOutputStream();
    var out = new StatusLineStream(bytes, true, 80);
    out.println("before");
    out.status("50 %");
    out.println("a message");
    out.clearStatus();
    out.clearStatus();
    assertThat(bytes.toString(UTF_8))
        .isEqualTo("before\n\r\033[K50 %\r\033[Ka message\n\r\033[K".replace("\033", "\u001b"));
  }

  @Test
  void aStatusFitsTheTerminal() {
    for (int columns : new int[] {0, 1, 20, 200}) {
      var bytes = new ByteArrayOutputStream();
      new StatusLineStream(bytes, true, columns).status("x".repeat(100));
      assertThat(bytes.toString(UTF_8).chars().filter(c -> c == 'x').count())
          .isEqualTo(Math.min(100, Math.max(0, columns - 1)));
    }
  }

  @Test
  void theProgressLineSaysWhetherItsTotalIsKnown() throws Exception {
    var bytes = new ByteArrayOutputStream();
    var err = new StatusLineStream(bytes, true, 120);
    var io =
        new CommandIo(
            new ResultStream(OutputStream.nullOutputStream()),
            err,
            InputStream.nullInputStream(),
            Map.of(),
            listener -> {},
            Path.of("."),
            () -> {});
    try (var progress = new ProgressLine(io)) {
      progress.accept(new HostEvent.BatchAccepted(Path.of("a")));
      awaitText(bytes, "still searching");
      progress.totalIsKnown();
      bytes.reset();
      progress.accept(new HostEvent.BatchFinished(Path.of("a"), false));
      awaitText(bytes, "1/1");
      bytes.reset();
      progress.use(
          () ->
              List.of(
                  new RunningCall("a/Quick", Path.of("b"), Duration.ofMillis(500)),
                  new RunningCall("a/Slow", Path.of("a"), Duration.ofSeconds(75))));
      awaitText(bytes, "a/Slow on a, for 75 s");
      assertThat(bytes.toString(UTF_8)).doesNotContain("still searching").doesNotContain("Quick");
    }
  }

  private static void awaitText(ByteArrayOutputStream bytes, String text) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!bytes.toString(UTF_8).contains(text) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(bytes.toString(UTF_8)).contains(text);
  }

  @Test
  void floodsAreLimitedToAMegabyteAMinute() {
    var lines = new ArrayList<String>();
    var nanos = new AtomicLong();
    var log = new LogLines(lines::add, nanos::get);
    var flood = ("x".repeat(999) + "\n").repeat(2_000).getBytes(UTF_8);
    log.write(flood, 0, flood.length);
    assertThat(lines).hasSize(1_048);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(61));
    log.write(flood, 0, 1_000);
    assertThat(lines)
        .hasSize(1_050)
        .contains("… and 952000 more bytes, which are left out: more than 1 MB a minute.");
    log.handOnRest();
    assertThat(lines).hasSize(1_050);
  }
}
