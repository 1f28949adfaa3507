package io.longline.host.app;

import io.longline.host.call.MissingLogs;
import io.longline.host.concurrent.Closers;
import io.longline.host.concurrent.HostLoops;
import io.longline.host.configuration.HostSettings;
import io.longline.host.event.EventFanOut;
import io.longline.host.isolation.Processes;
import io.longline.host.output.OutputFiles;
import io.longline.host.settings.SecretMask;
import io.longline.host.work.WorkerPool;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The parts of a host, all of them running. Immutable; each part says how it may be used.
 *
 * @param retrying what happens to calls that fail
 * @param closing when windows are closed
 * @param intake takes log directories
 * @param plugins the plugins and their life
 * @param work makes the calls
 * @param results what comes out
 * @param secrets masks the secrets of the plugins' settings
 * @param loops the threads that the host cannot do without
 * @param ending the parts to be closed when the workers have ended
 */
record HostParts(
    HostSettings.Retrying retrying,
    HostSettings.Closing closing,
    Intake intake,
    PluginLife plugins,
    Work work,
    Results results,
    SecretMask secrets,
    HostLoops loops,
    Closers ending) {

  /**
   * What makes the calls of a host.
   *
   * @param workers the threads
   * @param processes the processes of isolated plugins
   * @param missingLogs knows which logs no directory had
   * @param isCancelled set when somebody who waits for the end of this host has no time left
   */
  record Work(
      WorkerPool workers, Processes processes, MissingLogs missingLogs, AtomicBoolean isCancelled) {

    /** Reports the logs that hooks require and that no directory had. */
    void reportMissingLogs() {
      missingLogs.rest().forEach(workers::report);
    }

    /** Asks the calls that are being made to end, and leaves what cannot be recorded. */
    void cancel() {
      isCancelled.set(true);
      processes.cancel();
      workers.giveUp();
    }
  }

  /**
   * What comes out of a host.
   *
   * @param collector adds up the summary
   * @param events takes what happens
   * @param folder the output folder
   * @param files the outputs
   * @param windows the outputs of windows
   */
  record Results(
      SummaryCollector collector,
      EventFanOut events,
      Path folder,
      OutputFiles files,
      WindowStorage windows) {

    /** The bytes of rows and lines that this host has written, by file. */
    Map<Path, Long> written() {
      var all = new TreeMap<>(files.written());
      all.putAll(windows.written());
      return all;
    }
  }
}
