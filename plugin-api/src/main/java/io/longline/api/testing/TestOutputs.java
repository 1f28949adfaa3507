package io.longline.api.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.api.LineOutput;
import io.longline.api.Output;
import io.longline.api.RowOutput;
import io.longline.api.internal.OutputName;
import io.longline.zeek.HostAccess;
import io.longline.zeek.LogSchema;
import io.longline.zeek.LogWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The outputs of one call, in memory, under the rules of the host. Confined to one thread. */
final class TestOutputs {

  private final Map<Key, Open> opened = new LinkedHashMap<>();
  private boolean ended;
  private @Nullable Map<Key, List<String>> completed;

  /** An output of the host: {@code NAME.log}, or the folder {@code NAME} of a daily one. */
  record Key(String name, boolean isDaily) {}

  /**
   * An output that the call has opened.
   *
   * @param schema null for lines
   */
  private record Open(
      @Nullable LogSchema schema, ByteArrayOutputStream bytes, @Nullable LogWriter writer) {}

  Output output(String name) {
    return new NamedOutput(new OutputName(name), false);
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

  private Open open(OutputName name, boolean isDaily, @Nullable LogSchema schema)
      throws IOException {
    checkOpen(name);
    var known = opened.get(new Key(name.text(), isDaily));
    if (known == null) {
      var bytes = new ByteArrayOutputStream();
      known = new Open(schema, bytes, schema == null ? null : LogWriter.rowsTo(bytes, schema));
      opened.put(new Key(name.text(), isDaily), known);
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
    private final boolean isDaily;

    NamedOutput(OutputName name, boolean isDaily) {
      this.name = name;
      this.isDaily = isDaily;
    }

    @Override
    public Output daily() {
      return new NamedOutput(name.asFolder(), true);
    }

    @Override
    public RowOutput rows(LogSchema schema) throws IOException {
      var writer = open(name, isDaily, schema).writer();
      if (writer == null) {
        throw name.otherForm();
      }
      return writer::row;
    }

    @Override
    public LineOutput lines() throws IOException {
      var bytes = open(name, isDaily, null).bytes();
      return text -> {
        name.checkLine(text);
        checkOpen(name);
        bytes.write((text + "\n").getBytes(UTF_8));
      };
    }
  }
}
