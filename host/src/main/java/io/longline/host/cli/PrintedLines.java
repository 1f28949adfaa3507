package io.longline.host.cli;

import io.longline.host.plugins.HookThread;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;

/**
 * A stream that passes on what is printed line by line, with the id of the hook whose code the
 * printing thread runs. Lines of different hooks are never mixed. Thread-safe.
 */
final class PrintedLines extends OutputStream {

  private final BiConsumer<String, String> log;
  private final ConcurrentMap<String, LogLines> byHook = new ConcurrentHashMap<>();

  /**
   * A stream.
   *
   * @param log receives the id of a hook, or of a plugin whose hooks are being made, or an empty
   *     text if the thread runs no hook; and a line
   */
  PrintedLines(BiConsumer<String, String> log) {
    this.log = log;
  }

  private LogLines lines() {
    return byHook.computeIfAbsent(
        Objects.requireNonNullElse(HookThread.id(), ""),
        id -> new LogLines(line -> log.accept(id, line)));
  }

  @Override
  public void write(int b) {
    lines().write(b);
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    lines().write(from, offset, length);
  }

  /** Passes on last lines without an end, and says what was left out. */
  void handOnRest() {
    byHook.values().forEach(LogLines::handOnRest);
  }
}
