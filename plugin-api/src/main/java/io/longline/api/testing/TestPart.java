package io.longline.api.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.api.Combiner;
import io.longline.api.Part;
import io.longline.api.RecordBytes;
import io.longline.api.internal.FactBounds;
import io.longline.api.internal.Panes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The part of one call, in memory, under the rules of the host. Confined to one thread. */
final class TestPart implements Part {

  private final String hook;
  private final Panes panes;
  private final @Nullable Combiner combiner;

  /** The facts by the starts of their panes, and then by their keys. */
  private final Map<Long, Map<ByteBuffer, List<TestFact>>> facts = new TreeMap<>();

  private boolean ended;

  TestPart(String hook, Panes panes, @Nullable Combiner combiner) {
    this.hook = hook;
    this.panes = panes;
    this.combiner = combiner;
  }

  /** Ends the call: nothing can be put any more. */
  void end() {
    ended = true;
  }

  @Override
  public void put(long time, byte[] key, byte[] value) throws IOException {
    if (ended) {
      throw new IOException("The part of " + hook + " was used after the hook's call had ended.");
    }
    Panes.check(time);
    FactBounds.checkKey(key);
    FactBounds.checkValue(value);
    var pane = facts.computeIfAbsent(panes.start(time), start -> new TreeMap<>());
    FactBounds.checkSpans(facts.size());
    pane.computeIfAbsent(ByteBuffer.wrap(key.clone()), each -> new ArrayList<>())
        .add(new TestFact(time, key.clone(), value.clone()));
  }

  @Override
  public void put(long time, String key, byte[] value) throws IOException {
    put(time, key.getBytes(UTF_8), value);
  }

  @Override
  public void put(long time, String key, Record value) throws IOException {
    put(time, key, RecordBytes.bytes(value));
  }

  /**
   * The facts by the starts of their panes, after the combiner.
   *
   * @throws AssertionError if what the combiner makes depends on the order
   */
  Map<Long, List<TestFact>> complete() {
    var complete = new TreeMap<Long, List<TestFact>>();
    facts.forEach(
        (pane, keys) ->
            complete.put(
                pane, keys.values().stream().flatMap(same -> combined(same).stream()).toList()));
    return complete;
  }

  private List<TestFact> combined(List<TestFact> same) {
    if (combiner == null || same.size() == 1) {
      return same;
    }
    var value = combined(combiner, same);
    var reversed = new ArrayList<>(same);
    Collections.reverse(reversed);
    if (!Arrays.equals(value, combined(combiner, reversed))) {
      throw new AssertionError(
          "What the combiner of %s makes of the %d values of the key %s depends on their order, so that the results would be different from run to run. (A sum of double values depends on it, too: use long.)"
              .formatted(hook, same.size(), new String(same.get(0).key(), UTF_8)));
    }
    long latest = same.stream().mapToLong(TestFact::time).max().orElseThrow();
    return List.of(new TestFact(latest, same.get(0).key(), value));
  }

  private byte[] combined(Combiner by, List<TestFact> same) {
    var value = same.get(0).value();
    for (var fact : same.subList(1, same.size())) {
      value = by.combine(value, fact.value());
      if (value == null) {
        throw new AssertionError("The combiner of " + hook + " returned null.");
      }
      FactBounds.checkValue(value);
    }
    return value;
  }
}
