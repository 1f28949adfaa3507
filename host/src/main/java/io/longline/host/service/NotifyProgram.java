package io.longline.host.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Sends notices by the program {@code systemd-notify}, which is part of systemd: Java has no
 * datagrams on unix sockets. The program ends when the service manager has read the notice, since
 * that looks up, by the process, which service a notice is from. Thread-safe.
 */
final class NotifyProgram implements NoticeSender {

  private static final long LIMIT_SECONDS = 10;
  private static final int MAX_COMPLAINT = 1_000;

  private final String program;
  private final String address;

  /**
   * A sender to a socket.
   *
   * @param program a path, or a name that is looked up in {@code PATH}
   */
  NotifyProgram(String program, String address) {
    this.program = program;
    this.address = address;
  }

  @Override
  public void send(List<String> assignments) throws IOException {
    var command = new ArrayList<>(List.of(program, "--"));
    command.addAll(assignments);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().retainAll(Set.of("PATH"));
    builder.environment().put("NOTIFY_SOCKET", address);
    var process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(program + " has not ended after " + LIMIT_SECONDS + " s.");
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s ended with exit code %d. %s"
                .formatted(program, process.exitValue(), complaint(process)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Waiting for " + program + " was interrupted.", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String complaint(Process process) throws IOException {
    try (var printed = process.getInputStream()) {
      return new String(printed.readNBytes(MAX_COMPLAINT), UTF_8).strip();
    }
  }
}
