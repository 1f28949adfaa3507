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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program as a real process, started by the launcher. */
final class Program implements AutoCloseable {

  private static final long LIMIT_SECONDS = 120;

  private final Process process;
  private final Path err;
  private final BufferedReader out;

  private Program(Process process, Path err) {
    this.process = process;
    this.err = err;
    this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  static Program start(Map<String, String> environment, String... args) throws IOException {
    return start(List.of(), environment, args);
  }

  /** Starts it by another program, which becomes it. */
  static Program start(List<String> prefix, Map<String, String> environment, String... args)
      throws IOException {
    var command = new ArrayList<String>(prefix);
    command.add(Checkout.root().resolve("longline").toString());
    command.addAll(List.of(args));
    var err = Files.createTempFile("longline", ".err");
    var builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().remove("BROAPT_HOOK_CPU");
    builder.environment().putAll(environment);
    return new Program(builder.start(), err);
  }

  static Program start(String... args) throws IOException {
    return start(Map.of(), args);
  }

  /** Writes a line to its standard input, which stays open. */
  void input(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  Process process() {
    return process;
  }

  /** The next line that it prints. */
  String readLine() throws IOException {
    return out.readLine();
  }

  /** Sends a signal to the process that was started: the launcher must have become java. */
  void signal(String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  /** Whether it is still running after this time. */
  boolean runsFor(long seconds) throws InterruptedException {
    return !process.waitFor(seconds, TimeUnit.SECONDS);
  }

  /** Waits for its end; returns the exit code. */
  int exitCode() throws InterruptedException, IOException {
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as(err()).isTrue();
    return process.exitValue();
  }

  /** The rest of its output, to the end. */
  List<String> rest() {
    return out.lines().toList();
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  /** Waits until its messages have one of these texts. */
  void awaitErr(String... texts) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    for (var seen = err(); Stream.of(texts).noneMatch(seen::contains); seen = err()) {
      assertThat(System.nanoTime())
          .as("waiting for %s in: %s", List.of(texts), seen)
          .isLessThan(end);
      assertThat(process.isAlive()).as(err()).isTrue();
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(err);
  }
}
