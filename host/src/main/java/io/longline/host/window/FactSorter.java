package io.longline.host.window;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.longline.api.Combiner;
import io.longline.api.Part;
import io.longline.api.internal.FactBounds;
import io.longline.api.internal.Panes;
import io.longline.host.files.StagingFailedException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the facts of one call: in memory, and in temporary files if there are many. Confined to the
 * call's thread, but for {@link #discard}. A crash leaves the temporary files behind; the next
 * start empties their folder.
 */
public final class FactSorter implements Part {

  /** How much memory facts take before they go to a file. */
  private static final int MEMORY_BYTES = 2 * 1024 * 1024;

  private final Path folder;
  private final Panes panes;
  private final @Nullable Combiner combiner;
  private final FactBuffer buffer;

  private final Set<Long> spans = new HashSet<>();
  private long lastPane;
  private final List<Path> runs = new ArrayList<>();
  private volatile boolean isEnded;

  /**
   * Begins to collect.
   *
   * @param folder for temporary files, which is made when it is needed
   * @param panes divide the facts
   * @param combiner combines facts of one key in a pane; null to keep each
   */
  public FactSorter(Path folder, Panes panes, @Nullable Combiner combiner) {
    this.folder = folder;
    this.panes = panes;
    this.combiner = combiner;
    this.buffer = combiner == null ? new KeptFacts() : new CombinedFacts(combiner);
  }

  @Override
  public void put(long time, byte[] key, byte[] value) throws IOException {
    FactBounds.checkKey(key);
    FactBounds.checkValue(value);
    add(time, key.clone(), value.clone());
  }

  @Override
  public void put(long time, String key, byte[] value) throws IOException {
    FactBounds.checkValue(value);
    add(time, key, value.clone());
  }

  @Override
  public void put(long time, String key, Record value) throws IOException {
    add(time, key, value);
  }

  private void add(long time, Object key, Object value) throws IOException {
    if (isEnded) {
      throw new IOException("A fact came after the hook's call had ended.");
    }
    Panes.check(time);
    buffer.add(pane(time), time, key, value);
    if (buffer.memory() > MEMORY_BYTES) {
      spill();
    }
  }

  private long pane(long time) {
    long pane = panes.start(time);
    if ((pane != lastPane || spans.isEmpty()) && spans.add(pane)) {
      FactBounds.checkSpans(spans.size());
    }
    lastPane = pane;
    return pane;
  }

  private void spill() throws IOException {
    try {
      var file = Files.createTempFile(Files.createDirectories(folder), "run-", ".staged");
      runs.add(file);
      try (var out = new FileOutputStream(file.toFile())) {
        write(out);
      }
    } catch (IOException e) {
      throw new StagingFailedException(
          "The facts of the hook cannot be staged in " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Writes what is in memory as a part, and forgets it. */
  private void write(OutputStream out) throws IOException {
    var byPane = buffer.take().stream().collect(groupingBy(Fact::pane, TreeMap::new, toList()));
    try (var writer = new PartWriter(out)) {
      for (var each : byPane.entrySet()) {
        each.getValue().sort(Fact.IN_PANE);
        var facts = FactCursor.of(each.getValue().iterator());
        writer.section(each.getKey(), MergedFacts.combined(facts, combiner));
      }
    }
  }

  /**
   * Writes the part, if there is any fact, and ends the collecting.
   *
   * @return whether there is any
   */
  public boolean finish(OutputStream out) throws IOException {
    isEnded = true;
    if (spans.isEmpty()) {
      return false;
    }
    if (runs.isEmpty()) {
      write(out);
    } else {
      spill();
      var parts = new ArrayList<PartFile>();
      for (var run : runs) {
        parts.add(new PartFile(run, 0, Files.size(run), "this call"));
      }
      PartMerge.merge(parts, combiner, folder, out);
    }
    discard();
    return true;
  }

  /** Discards everything. */
  public void discard() throws IOException {
    isEnded = true;
    for (var run : List.copyOf(runs)) {
      Files.deleteIfExists(run);
    }
  }
}
