package io.longline.host.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.api.Combiner;
import io.longline.api.LineOutput;
import io.longline.api.Output;
import io.longline.api.Part;
import io.longline.api.RowOutput;
import io.longline.api.internal.OutputName;
import io.longline.api.internal.Panes;
import io.longline.host.window.FactSorter;
import io.longline.zeek.HostAccess;
import io.longline.zeek.LogSchema;
import io.longline.zeek.LogWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The outputs of one call of a hook, until they are committed or discarded. Confined to the hook's
 * thread, except for {@link #discard}, after which that thread can no longer write.
 */
public final class StagedOutputs {

  /** The number of bytes in one part. */
  private static final int PART_BYTES = 64 * 1024;

  /** The number of outputs that one call may open. */
  private static final int MAX_OUTPUTS = 1_000;

  /** How much of an output is held in memory. */
  private static final int MEMORY_BYTES = 256 * 1024;

  /** The number of outputs after which less of each is held in memory: this much. */
  private static final int MANY_OUTPUTS = 64;

  private static final int SMALL_MEMORY_BYTES = 16 * 1024;

  /**
   * Stands for the facts of the call on their way from one process to another; no output's name.
   */
  private static final OutputKey FACTS = new OutputKey("", false, null);

  private final Path folder;
  private final SortedMap<OutputKey, Open> opened = new TreeMap<>();
  private @Nullable FactSorter sorter;

  /** The part, once the call has succeeded; null if it has no fact. */
  private @Nullable Staging part;

  private volatile boolean ended;

  private StagedOutputs(Path folder) {
    this.folder = folder;
  }

  /**
   * Begins to collect.
   *
   * @param folder for output that does not fit in memory; created when needed
   */
  public static StagedOutputs in(Path folder) {
    return new StagedOutputs(folder);
  }

  /** Receives the parts of an output. */
  @FunctionalInterface
  public interface PartConsumer {
    /** Receives a part. */
    void accept(OutputPart part) throws IOException;
  }

  /**
   * Hands over everything collected, output by output. To be called when it is complete.
   *
   * @throws IOException if it cannot be read or received
   */
  public synchronized void forEachPart(PartConsumer consumer) throws IOException {
    for (var entry : opened.entrySet()) {
      var key = entry.getKey();
      var schema = entry.getValue().content() instanceof Content.Rows rows ? rows.schema() : null;
      consumer.accept(new OutputPart(key.name(), key.isDaily(), key.day(), schema, new byte[0]));
      handOver(key, entry.getValue().staging(), consumer);
    }
    if (part != null) {
      handOver(FACTS, part, consumer);
    }
  }

  private static void handOver(OutputKey key, Staging staging, PartConsumer consumer)
      throws IOException {
    var parts =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            consumer.accept(
                new OutputPart(
                    key.name(),
                    key.isDaily(),
                    key.day(),
                    null,
                    Arrays.copyOfRange(bytes, offset, offset + length)));
          }
        };
    var buffered = new BufferedOutputStream(parts, PART_BYTES);
    staging.copyTo(buffered);
    buffered.flush();
  }

  /**
   * Takes output that a call wrote in another process.
   *
   * @throws IOException if it cannot be staged
   */
  public synchronized void append(OutputPart part) throws IOException {
    if (part.name().equals(FACTS.name())) {
      facts().write(part.bytes());
      return;
    }
    var key = key(part);
    var open = opened.get(key);
    if (open == null) {
      var schema = part.schema();
      var content = schema == null ? new Content.Lines() : new Content.Rows(schema);
      open = new Open(content, staging(key), null);
      opened.put(key, open);
    }
    open.staging().write(part.bytes());
  }

  /** The output of a part, whose process may send anything. */
  private static OutputKey key(OutputPart part) {
    var name = new OutputName(part.name());
    var day = part.day();
    if (day != null) {
      name.checkDay(day);
    }
    return new OutputKey(name.text(), part.isDaily(), day);
  }

  /** An output that the call has opened. */
  record Open(Content content, Staging staging, @Nullable LogWriter writer) {}

  /**
   * The output of this name.
   *
   * @throws IllegalArgumentException if the name is invalid
   */
  public Output output(String name) {
    return new NamedOutput(new OutputName(name), false, null, false);
  }

  /**
   * The output of this name, of which each window has a file.
   *
   * @param window the name of the window
   * @throws IllegalArgumentException if the name is invalid
   */
  public Output outputOfWindow(String name, String window) {
    var output = new OutputName(name).asFolder();
    var unused = output.ofWindow(window);
    return new NamedOutput(output, false, null, true);
  }

  /** Gives up the rows that the call has begun, since it could not read a cell. */
  public synchronized void cancelRows() {
    for (var open : opened.values()) {
      if (open.writer() != null) {
        HostAccess.cancelRow(open.writer());
      }
    }
  }

  /**
   * Ends the writing: the staged output is complete. To be called when the hook's call has
   * succeeded.
   *
   * @throws IOException if the rest cannot be staged
   */
  public synchronized void complete() throws IOException {
    ended = true;
    for (var open : opened.values()) {
      if (open.writer() != null) {
        open.writer().close();
      }
    }
    if (sorter != null && !sorter.finish(facts())) {
      part = null;
    }
  }

  /**
   * The part of the call, for facts.
   *
   * @param panes divide the facts
   * @param combiner combines facts; null to keep each
   * @return the same object each time
   */
  public synchronized Part part(Panes panes, @Nullable Combiner combiner) {
    var facts = sorter;
    if (facts == null) {
      facts = new FactSorter(folder, panes, combiner);
      sorter = facts;
    }
    return facts;
  }

  private Staging facts() {
    var facts = part;
    if (facts == null) {
      facts = new Staging(folder, MEMORY_BYTES);
      part = facts;
    }
    return facts;
  }

  /** The facts of the call, as a part; null if there are none. */
  @Nullable Staging stagedFacts() {
    return part;
  }

  /** Whether the call has put facts. */
  public boolean hasFacts() {
    return part != null;
  }

  /** The folder for what does not fit in memory. */
  public Path folder() {
    return folder;
  }

  /** The staged content, by output. */
  SortedMap<OutputKey, Open> opened() {
    return opened;
  }

  /** Discards everything. */
  public synchronized void discard() throws IOException {
    ended = true;
    for (var open : opened.values()) {
      end(open.writer());
      open.staging().discard();
    }
    opened.clear();
    if (sorter != null) {
      sorter.discard();
    }
    if (part != null) {
      part.discard();
      part = null;
    }
  }

  private static void end(@Nullable LogWriter writer) throws IOException {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IllegalStateException e) {
      // A row was not ended; nothing is kept anyway.
    }
  }

  /** A place for one more output. */
  private Staging staging(OutputKey key) {
    int count = opened.size();
    if (count == MAX_OUTPUTS) {
      throw new IllegalStateException(
          "The output %s would be one more than the %,d that a call may open."
              .formatted(key.described(), MAX_OUTPUTS));
    }
    return new Staging(folder, count < MANY_OUTPUTS ? MEMORY_BYTES : SMALL_MEMORY_BYTES);
  }

  private synchronized Open open(OutputKey key, Content content) throws IOException {
    if (ended) {
      throw new IOException(
          "The output " + key.described() + " was asked for after the hook's call had ended.");
    }
    var open = opened.get(key);
    if (open == null) {
      var staging = staging(key);
      var writer =
          content instanceof Content.Rows rows ? LogWriter.rowsTo(staging, rows.schema()) : null;
      open = new Open(content, staging, writer);
      opened.put(key, open);
    }
    if (!open.content().equals(content)) {
      throw new OutputName(key.name()).otherForm();
    }
    return open;
  }

  private final class NamedOutput implements Output {

    private final OutputName name;
    private final boolean isDaily;
    private final @Nullable LocalDate day;
    private final boolean isOfWindow;

    NamedOutput(OutputName name, boolean isDaily, @Nullable LocalDate day, boolean isOfWindow) {
      this.name = name;
      this.isDaily = isDaily;
      this.day = day;
      this.isOfWindow = isOfWindow;
    }

    @Override
    public Output daily() {
      return ofDay(null);
    }

    @Override
    public Output day(LocalDate ofFile) {
      name.checkDay(ofFile);
      return ofDay(ofFile);
    }

    private Output ofDay(@Nullable LocalDate chosen) {
      if (isOfWindow) {
        throw name.dailyInWindow();
      }
      return new NamedOutput(name.asFolder(), true, chosen, false);
    }

    @Override
    public RowOutput rows(LogSchema schema) throws IOException {
      var open = open(key(), new Content.Rows(schema));
      return Objects.requireNonNull(open.writer())::row;
    }

    @Override
    public LineOutput lines() throws IOException {
      var staging = open(key(), new Content.Lines()).staging();
      return text -> {
        name.checkLine(text);
        if (ended) {
          throw new IOException(
              "A line for the output " + name.text() + " came after the hook's call had ended.");
        }
        staging.write((text + "\n").getBytes(UTF_8));
      };
    }

    private OutputKey key() {
      return new OutputKey(name.text(), isDaily, day);
    }
  }
}
