package io.longline.api.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.api.LineOutput;
import io.longline.api.Output;
import io.longline.api.RowOutput;
import io.longline.api.Window;
import io.longline.api.internal.OutputName;
import io.longline.zeek.HostAccess;
import io.longline.zeek.LogSchema;
import io.longline.zeek.LogWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The outputs of one call, in memory, under the rules of the host. Confined to one thread. */
final class TestOutputs {

  /** The number of outputs that one call may open, as in the host. */
  private static final int MAX_OUTPUTS = 1_000;

  private final Clock clock;
  private final @Nullable Window window;
  private final Map<Key, Open> opened = new LinkedHashMap<>();
  private boolean ended;
  private @Nullable Map<Key, List<String>> completed;

  /**
   * A file of an output: {@code NAME.log}, or {@code NAME/YYYY-MM-DD.log}.
   *
   * @param day null if there is one file for all days
   */
  record Key(String name, @Nullable LocalDate day) {

    /** The name by which a test asks for this file alone. */
    String file() {
      return day == null ? name : name + "/" + day;
    }
  }

  /**
   * An output that the call has opened.
   *
   * @param schema null for lines
   */
  private record Open(
      @Nullable LogSchema schema, ByteArrayOutputStream bytes, @Nullable LogWriter writer) {}

  /**
   * The outputs of a call.
   *
   * @param clock determines the day of daily outputs
   * @param window the window that the call is on; null if it is on another thing
   */
  TestOutputs(Clock clock, @Nullable Window window) {
    this.clock = clock;
    this.window = window;
  }

  Output output(String name) {
    var output = new OutputName(name);
    return new NamedOutput(window == null ? output : output.ofWindow(window.name()), null);
  }

  /** Gives up the rows that the call has begun, since it could not read a cell. */
  void cancelRows() {
    for (var open : opened.values()) {
      if (open.writer() != null) {
        HostAccess.cancelRow(open.writer());
      }
    }
  }

  /** Ends the call: nothing can be written any more. */
  void end() {
    ended = true;
  }

  /**
   * What the call has written, by output. Nothing can be written any more.
   *
   * @throws IllegalStateException if a row was begun and not ended
   */
  Map<Key, List<String>> complete() throws IOException {
    var before = completed;
    if (before != null) {
      return before;
    }
    end();
    var lines = new LinkedHashMap<Key, List<String>>();
    for (var entry : opened.entrySet()) {
      var open = entry.getValue();
      if (open.writer() != null) {
        open.writer().close();
      }
      lines.put(entry.getKey(), open.bytes().toString(UTF_8).lines().toList());
    }
    completed = lines;
    return lines;
  }

  private Open open(OutputName name, @Nullable LocalDate day, @Nullable LogSchema schema)
      throws IOException {
    checkOpen(name);
    var key = new Key(name.text(), day);
    var known = opened.get(key);
    if (known == null) {
      if (opened.size() == MAX_OUTPUTS) {
        throw new IllegalStateException(
            "The output %s would be one more than the %,d that a call may open."
                .formatted(key.file(), MAX_OUTPUTS));
      }
      var bytes = new ByteArrayOutputStream();
      known = new Open(schema, bytes, schema == null ? null : LogWriter.rowsTo(bytes, schema));
      opened.put(key, known);
    }
    if (!Objects.equals(schema, known.schema())) {
      throw name.otherForm();
    }
    return known;
  }

  private void checkOpen(OutputName name) throws IOException {
    if (ended) {
      throw new IOException(
          "The output " + name.text() + " was used after the hook's call had ended.");
    }
  }

  private final class NamedOutput implements Output {

    private final OutputName name;
    private final @Nullable LocalDate day;

    NamedOutput(OutputName name, @Nullable LocalDate day) {
      this.name = name;
      this.day = day;
    }

    @Override
    public Output daily() {
      return ofDay(LocalDate.now(clock));
    }

    @Override
    public Output day(LocalDate ofFile) {
      name.checkDay(ofFile);
      return ofDay(ofFile);
    }

    private Output ofDay(LocalDate chosen) {
      if (window != null) {
        throw name.dailyInWindow();
      }
      return new NamedOutput(name.asFolder(), chosen);
    }

    @Override
    public RowOutput rows(LogSchema schema) throws IOException {
      var writer = open(name, day, schema).writer();
      if (writer == null) {
        throw name.otherForm();
      }
      return writer::row;
    }

    @Override
    public LineOutput lines() throws IOException {
      var bytes = open(name, day, null).bytes();
      return text -> {
        name.checkLine(text);
        checkOpen(name);
        bytes.write((text + "\n").getBytes(UTF_8));
      };
    }
  }
}
