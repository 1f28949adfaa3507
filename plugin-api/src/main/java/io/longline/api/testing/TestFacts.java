package io.longline.api.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.api.RecordBytes;
import io.longline.api.WindowFacts;
import java.io.IOException;
import java.util.List;

/** The facts of a window, as a cursor. Confined to one thread. */
final class TestFacts implements WindowFacts {

  private final List<TestFact> facts;

  /** The first fact of the present key; before it there is none if it is negative. */
  private int first = -1;

  /** The first fact after those of the present key. */
  private int end;

  /** The present value, or the fact before the first of the present key. */
  private int at = -1;

  private boolean ended;

  /** The facts, sorted. */
  TestFacts(List<TestFact> facts) {
    this.facts = List.copyOf(facts);
  }

  /** Ends the call: nothing can be read any more. */
  void end() {
    ended = true;
  }

  @Override
  public boolean nextKey() throws IOException {
    checkOpen();
    first = end;
    at = first - 1;
    while (end < facts.size() && facts.get(end).hasKeyOf(facts.get(first))) {
      end++;
    }
    return first < end;
  }

  @Override
  public boolean next() throws IOException {
    checkOpen();
    checkKey();
    at = Math.min(at + 1, end);
    return at < end;
  }

  @Override
  public String key() {
    return new String(keyBytes(), UTF_8);
  }

  @Override
  public byte[] keyBytes() {
    checkKey();
    return facts.get(first).key();
  }

  @Override
  public long time() {
    return fact().time();
  }

  @Override
  public byte[] value() {
    return fact().value();
  }

  @Override
  public <T extends Record> T value(Class<T> type) {
    return RecordBytes.of(type).read(value());
  }

  private TestFact fact() {
    checkKey();
    if (at < first || at == end) {
      throw new IllegalStateException(
          "There is no present value: next() was not called, or false.");
    }
    return facts.get(at);
  }

  private void checkKey() {
    if (first < 0 || first == end) {
      throw new IllegalStateException(
          "There is no present key: nextKey() was not called, or false.");
    }
  }

  private void checkOpen() throws IOException {
    if (ended) {
      throw new IOException("The facts of a window were used after the hook's call had ended.");
    }
  }
}
