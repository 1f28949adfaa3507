package io.longline.host.ledger;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/**
 * Which host it is that takes batches. Immutable.
 *
 * @param id of this start of the host; never used again
 * @param machine the machine's name
 * @param pid of the process
 * @param processStart when the process started, in milliseconds since 1970; with the pid it
 *     identifies the process
 * @param output the output folder
 */
public record HostIdentity(String id, String machine, long pid, long processStart, String output) {

  /** The start of a process that the system reports varies by a little. */
  private static final long START_TOLERANCE_MILLIS = 3_000;

  /** This process. */
  public static HostIdentity ofThisProcess(String id, String output) {
    var process = ProcessHandle.current();
    return new HostIdentity(id, machineName(), process.pid(), start(process), output);
  }

  /** The name of this machine. */
  public static String machineName() {
    var name = System.getenv("HOSTNAME");
    try {
      return name != null && !name.isBlank() ? name : InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /**
   * Whether a process of this machine is still there.
   *
   * @param processStart when it started, in milliseconds since 1970
   */
  public static boolean isAlive(long pid, long processStart) {
    return ProcessHandle.of(pid)
        .map(
            process ->
                process.isAlive()
                    && Math.abs(start(process) - processStart) <= START_TOLERANCE_MILLIS)
        .orElse(false);
  }

  private static long start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
