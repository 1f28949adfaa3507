package io.longline.host.window;

import java.util.ArrayList;
import java.util.List;

/** Facts that are all kept. Confined to one thread. */
final class KeptFacts implements FactBuffer {

  private List<Fact> facts = new ArrayList<>();
  private long memory;

  @Override
  public void add(long pane, long time, Object key, Object value) {
    var fact = new Fact(pane, FactBuffer.keyBytes(key), time, FactBuffer.valueBytes(value));
    facts.add(fact);
    memory += fact.memory();
  }

  @Override
  public long memory() {
    return memory;
  }

  @Override
  public List<Fact> take() {
    var taken = facts;
    facts = new ArrayList<>();
    memory = 0;
    return taken;
  }
}
