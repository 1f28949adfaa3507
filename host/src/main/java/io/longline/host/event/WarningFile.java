package io.longline.host.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends each warning and each damaged log to a file, one JSON object a line; the file is created
 * with the first. Each line is passed to the operating system before the next event is taken.
 * Thread-safe.
 */
public final class WarningFile implements EventSink, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WarningFile.class);

  private final Path file;
  private final Clock clock;
  private @Nullable OutputStream out;
  private @Nullable IOException failure;

  /** Creates a sink that appends to this file. */
  public WarningFile(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  @Override
  public void accept(HostEvent event) {
    if (event instanceof HostEvent.HookWarned warned) {
      append(EventJson.warning(warned.warning()));
    } else if (event instanceof HostEvent.LogDamaged damaged) {
      append(EventJson.damagedLog(damaged, clock.instant()));
    } else if (event instanceof HostEvent.BatchUnavailable batch) {
      append(EventJson.unavailable(batch.directory().toString(), batch.why(), clock.instant()));
    }
  }

  private synchronized void append(String line) {
    try {
      var stream = out;
      if (stream == null) {
        stream = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        out = stream;
      }
      // In one piece, and with "?" for text that UTF-8 cannot represent.
      stream.write((line + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      failure = e;
      LOG.error("Cannot write to {}; the warning is in this log only: {}", file, line, e);
    }
  }

  /**
   * Closes the file.
   *
   * @throws IOException if that fails, or a line could not be written before
   */
  @Override
  public synchronized void close() throws IOException {
    if (out != null) {
      out.close();
    }
    if (failure != null) {
      throw new IOException(
          "Not all warnings could be written to " + file + ": " + failure.getMessage(), failure);
    }
  }
}
