package io.longline.host.window;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.api.RecordBytes;
import io.longline.api.WindowFacts;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The facts of a window, merged from its parts. Confined to one thread. */
public final class MergedWindow implements WindowFacts, Closeable {

  private final FactCursor facts;

  /** The first fact that was not asked for; null at the end. */
  private @Nullable Fact ahead;

  /** A fact with the present key; null before the first. */
  private @Nullable Fact ofKey;

  /** The present fact; null before the first of a key. */
  private @Nullable Fact present;

  private MergedWindow(FactCursor facts) throws IOException {
    this.facts = facts;
    this.ahead = facts.next();
  }

  /**
   * Opens a window.
   *
   * @param parts the parts that may have facts of it
   * @param start the first moment of it, in microseconds since 1970 UTC
   * @param end the first moment after it
   * @param folder for temporary files, which is made when it is needed
   * @throws IOException if a part cannot be read
   */
  public static MergedWindow open(List<PartFile> parts, long start, long end, Path folder)
      throws IOException {
    var sources = new ArrayList<PartMerge.Source>();
    for (var part : parts) {
      for (var section : part.sections()) {
        if (section.earliest() >= start && section.earliest() < end) {
          sources.add(new PartMerge.Source(part, section));
        }
      }
    }
    var cursor = new PartMerge(folder, null).open(sources);
    try {
      return new MergedWindow(cursor);
    } catch (IOException | RuntimeException e) {
      cursor.close();
      throw e;
    }
  }

  @Override
  public boolean nextKey() throws IOException {
    var before = ofKey;
    while (before != null && ahead != null && ahead.hasKeyOf(before)) {
      ahead = facts.next();
    }
    ofKey = ahead;
    present = null;
    return ahead != null;
  }

  @Override
  public String key() {
    return new String(required(ofKey, "nextKey()").key(), UTF_8);
  }

  @Override
  public byte[] keyBytes() {
    return required(ofKey, "nextKey()").key().clone();
  }

  @Override
  public boolean next() throws IOException {
    var next = ahead;
    if (next == null || !next.hasKeyOf(required(ofKey, "nextKey()"))) {
      present = null;
      return false;
    }
    present = next;
    ahead = facts.next();
    return true;
  }

  @Override
  public long time() {
    return required(present, "next()").time();
  }

  @Override
  public byte[] value() {
    return required(present, "next()").value().clone();
  }

  @Override
  public <T extends Record> T value(Class<T> type) {
    return RecordBytes.of(type).read(required(present, "next()").value());
  }

  private static Fact required(@Nullable Fact fact, String method) {
    if (fact == null) {
      throw new IllegalStateException(
          "There is no fact here: call " + method + " first, and only while it returns true.");
    }
    return fact;
  }

  @Override
  public void close() throws IOException {
    facts.close();
  }
}
