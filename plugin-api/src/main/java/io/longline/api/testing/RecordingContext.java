package io.longline.api.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.api.ExtractedFiles;
import io.longline.api.HookContext;
import io.longline.api.LineOutput;
import io.longline.api.LogDirectory;
import io.longline.api.NoSettings;
import io.longline.api.Output;
import io.longline.api.RecordHook;
import io.longline.api.RowOutput;
import io.longline.zeek.LogSchema;
import io.longline.zeek.LogWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A context for unit tests of a hook: it keeps the outputs and remarks of the hook in memory.
 * Confined to one thread.
 *
 * <pre>{@code
 * var context = new RecordingContext(Clock.systemUTC(), ExtractedFiles.none());
 * new ManyConnections().process(LogDirectory.of(folder), context);
 * assertEquals(List.of("sample 3"), context.written("connections"));
 * }</pre>
 */
public final class RecordingContext implements HookContext {

  private final Clock clock;
  private final ExtractedFiles extractedFiles;
  private final Record settings;
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, ByteArrayOutputStream> outputs = new HashMap<>();
  private final List<LogWriter> writers = new ArrayList<>();

  /** A context with this clock and these files, for a hook without settings. */
  public RecordingContext(Clock clock, ExtractedFiles extractedFiles) {
    this(clock, extractedFiles, new NoSettings());
  }

  /** A context with these settings. */
  public RecordingContext(Clock clock, ExtractedFiles extractedFiles, Record settings) {
    this.clock = clock;
    this.extractedFiles = extractedFiles;
    this.settings = settings;
  }

  /**
   * Passes the records of a directory to a hook, as the host does.
   *
   * @throws Exception if the hook throws it
   */
  public void process(RecordHook hook, LogDirectory logs) throws Exception {
    try (var sink = hook.open(logs, this)) {
      for (var log : hook.interest().logs()) {
        var files = logs.logs(log.path());
        if (!files.isEmpty()) {
          sink.begin(log.path());
        }
        for (var file : files) {
          try (var reader = file.open(log.fields().toArray(String[]::new))) {
            reader.forEach(sink::accept);
          }
        }
      }
      sink.finish();
    }
  }

  /** The remarks of the hook, in order. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** The lines or rows written to the output of this name, daily or not, without headers. */
  public List<String> written(String name) {
    try {
      for (var writer : writers) {
        writer.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var bytes = outputs.get(name);
    return bytes == null ? List.of() : bytes.toString(UTF_8).lines().toList();
  }

  @Override
  public Logger logger() {
    return LoggerFactory.getLogger(RecordingContext.class);
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public <T extends Record> T settings(Class<T> type) {
    if (!type.isInstance(settings)) {
      throw new IllegalArgumentException(
          "The settings are a "
              + settings.getClass().getName()
              + ", not a "
              + type.getName()
              + ".");
    }
    return type.cast(settings);
  }

  @Override
  public ExtractedFiles extractedFiles() {
    return extractedFiles;
  }

  @Override
  public void warn(String message) {
    warnings.add(message);
  }

  @Override
  public Output output(String name) {
    return new RecordedOutput(outputs.computeIfAbsent(name, key -> new ByteArrayOutputStream()));
  }

  private final class RecordedOutput implements Output {

    private final ByteArrayOutputStream bytes;

    RecordedOutput(ByteArrayOutputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public Output daily() {
      return this;
    }

    @Override
    public RowOutput rows(LogSchema schema) {
      var writer = LogWriter.rowsTo(bytes, schema);
      writers.add(writer);
      return writer::row;
    }

    @Override
    public LineOutput lines() {
      return text -> bytes.write((text + "\n").getBytes(UTF_8));
    }
  }
}
