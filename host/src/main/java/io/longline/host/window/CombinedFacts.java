package io.longline.host.window;

import io.longline.api.Combiner;
import io.longline.api.RecordBytes;
import io.longline.api.internal.FactBounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Facts of which those with the same key and pane are one. Records are combined as they are, and
 * become bytes when they are taken out; a text and an array with the same bytes are combined then.
 * Confined to one thread.
 */
final class CombinedFacts implements FactBuffer {

  /** About how much memory a key takes, besides its characters and its value. */
  private static final int KEY_MEMORY = 200;

  private final Combiner combiner;
  private final Map<Long, Map<Object, Sum>> panes = new HashMap<>();
  private Map<Object, Sum> ofPane = new HashMap<>();
  private long pane;
  private long memory;

  /** The value of a key so far. */
  private static final class Sum {

    private long time;
    private Object value;

    Sum(long time, Object value) {
      this.time = time;
      this.value = value;
    }
  }

  /** An array that is a key. */
  private static final class Bytes {

    private final byte[] bytes;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes same && Arrays.equals(bytes, same.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  CombinedFacts(Combiner combiner) {
    this.combiner = combiner;
  }

  @Override
  public void add(long inPane, long time, Object key, Object value) {
    if (panes.isEmpty() || inPane != pane) {
      pane = inPane;
      ofPane = panes.computeIfAbsent(inPane, each -> new HashMap<>());
    }
    var mapKey = key instanceof byte[] bytes ? new Bytes(bytes) : key;
    var sum = ofPane.get(mapKey);
    if (sum == null) {
      check(key, value);
      ofPane.put(mapKey, new Sum(time, value));
      memory += KEY_MEMORY + length(key) + memory(value);
    } else {
      memory -= memory(sum.value);
      sum.value = combined(sum.value, value);
      sum.time = Math.max(sum.time, time);
      memory += memory(sum.value);
    }
  }

  /** What cannot become bytes is refused when it is put. */
  private static void check(Object key, Object value) {
    FactBounds.checkKey(FactBuffer.keyBytes(key));
    if (value instanceof Record each) {
      RecordBytes.of(each.getClass());
    }
  }

  private Object combined(Object one, Object other) {
    if (combiner instanceof Combiner.OfRecords<?> records
        && one instanceof Record first
        && other instanceof Record second
        && records.takes(first)
        && records.takes(second)) {
      return records.combine(first, second);
    }
    var value = combiner.combine(FactBuffer.valueBytes(one), FactBuffer.valueBytes(other));
    FactBounds.checkValue(value);
    return value;
  }

  private static int length(Object key) {
    return key instanceof String text ? 2 * text.length() : ((byte[]) key).length;
  }

  /** A record may have texts, whose length only its bytes show. */
  private static int memory(Object value) {
    return value instanceof byte[] bytes ? bytes.length : 100;
  }

  @Override
  public long memory() {
    return memory;
  }

  @Override
  public List<Fact> take() {
    var facts = new ArrayList<Fact>();
    for (var each : panes.entrySet()) {
      long ofFacts = each.getKey();
      each.getValue()
          .forEach(
              (key, sum) ->
                  facts.add(
                      new Fact(
                          ofFacts,
                          key instanceof Bytes array ? array.bytes : FactBuffer.keyBytes(key),
                          sum.time,
                          FactBuffer.valueBytes(sum.value))));
    }
    panes.clear();
    memory = 0;
    return facts;
  }
}
