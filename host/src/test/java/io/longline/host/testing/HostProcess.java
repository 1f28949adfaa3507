package io.longline.host.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in a JVM of its own, made of the classes of this test. Confined to one thread. */
public final class HostProcess implements AutoCloseable {

  private static final long LIMIT_SECONDS = 120;

  private final Process process;
  private final Path out;

  private HostProcess(Process process, Path out) {
    this.process = process;
    this.out = out;
  }

  /**
   * Starts it.
   *
   * @param before what a shell does first, such as {@code ulimit -n 100}
   * @param folder receives what it prints
   * @param heap the size of its heap, as Java writes it
   */
  public static HostProcess start(String before, Path folder, String heap, String... args)
      throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                "/bin/bash",
                "-c",
                before + "; exec \"$@\"",
                "bash",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.longline.host.Main"));
    command.addAll(List.of(args));
    var out = folder.resolve("printed");
    return new HostProcess(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start(),
        out);
  }

  /** Starts it with a heap that is large enough. */
  public static HostProcess start(Path folder, String... args) throws IOException {
    return start("true", folder, "256m", args);
  }

  /** Waits for its end; returns the exit code. */
  public int exitCode() throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("It has not ended: " + printed());
    }
    return process.exitValue();
  }

  /** What it has printed so far. */
  public String printed() throws IOException {
    return Files.readString(out, UTF_8);
  }

  /** The process. */
  public Process process() {
    return process;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
