package io.longline.host.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.host.files.AppendedFile;
import io.longline.host.files.FileAccess;
import io.longline.host.files.ForeignFileException;
import io.longline.host.files.OpenFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
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

  /** How many files that are not ours may be in the way. */
  private static final int MAX_PASSED_OVER = 100;

  private final Path file;
  private final Clock clock;
  private final FileAccess access;
  private @Nullable OutputStream out;
  private @Nullable IOException failure;

  /** Creates a sink that appends to this file, which the group may read. */
  public WarningFile(Path file, Clock clock) {
    this(file, clock, FileAccess.GROUP);
  }

  /** Creates a sink that appends to this file, or to one beside it if it is not ours. */
  public WarningFile(Path file, Clock clock, FileAccess access) {
    this.file = file;
    this.clock = clock;
    this.access = access;
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
        stream = open();
        out = stream;
      }
      // In one piece, and with "?" for text that UTF-8 cannot represent.
      stream.write((line + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      failure = e;
      LOG.error("Cannot write to {}; the warning is in this log only: {}", file, line, e);
    }
  }

  private OutputStream open() throws IOException {
    var name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    var parent = Objects.requireNonNull(file.toAbsolutePath().getParent());
    try (var folder = OpenFolder.open(access.makeFolders(parent))) {
      for (int number = 1; ; number++) {
        var each = number == 1 ? name : name.substring(0, dot) + "-" + number + name.substring(dot);
        try {
          return new AppendedFile(folder, each, access);
        } catch (ForeignFileException e) {
          if (number == MAX_PASSED_OVER || dot < 0) {
            throw e;
          }
          LOG.error(
              "{}, and is left as it is. Longline continues in a new file beside it; move it away if it does not belong there.",
              e.getMessage());
        }
      }
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
