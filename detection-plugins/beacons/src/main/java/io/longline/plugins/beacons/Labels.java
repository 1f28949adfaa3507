package io.longline.plugins.beacons;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ports with protocol and service, such as {@code 443:tcp:ssl}. Confined to one thread. */
final class Labels {

  /** The number after which they should be cleared; words and ports have 16 bits of a key each. */
  private static final int MANY = 50_000;

  /** A longer protocol or service is cut. */
  private static final int MOST_CHARACTERS = 60;

  private static final int SMALL = 256;
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private final Words protocols = new Words();
  private final Words services = new Words();
  private final List<byte[]> texts = new ArrayList<>();

  /** The numbers of keys, from 1; 0 for none. */
  private int[] slots = new int[2 * SMALL];

  private long[] keys = new long[SMALL];

  /** Numbers words, from 0. */
  private static final class Words {

    private final Map<String, Integer> ids = new HashMap<>();
    private String last = "";
    private int lastId = -1;

    @SuppressWarnings("ReferenceEquality") // Mostly it is the same object as in the row before.
    int id(String word) {
      if (word != last || lastId < 0) {
        lastId = ids.computeIfAbsent(cut(word), each -> ids.size());
        last = word;
      }
      return lastId;
    }

    private static String cut(String text) {
      return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
    }

    void clear() {
      ids.clear();
      lastId = -1;
    }
  }

  /**
   * The number of a label, which is new if it was not asked for before.
   *
   * @param service empty for none
   * @param fromPort the originator's port, which is a type for ICMP
   * @param toPort the responder's port, which is a code for ICMP
   */
  int id(String protocol, String service, long fromPort, long toPort) {
    long kind = protocol.equals("icmp") ? fromPort : 0;
    long words = (long) protocols.id(protocol) << Short.SIZE | services.id(service);
    long key = words << Integer.SIZE | kind << Short.SIZE | toPort;
    int slot = slot(key);
    while (slots[slot] != 0) {
      int id = slots[slot] - 1;
      if (keys[id] == key) {
        return id;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return add(slot, key, text(protocol, service, kind, toPort));
  }

  private int slot(long key) {
    return (int) (key * FACTOR >>> Integer.SIZE) & (slots.length - 1);
  }

  private static String text(String protocol, String service, long kind, long port) {
    if (protocol.equals("icmp")) {
      return protocol + ":" + kind + "/" + port;
    }
    return port + ":" + Words.cut(protocol) + (service.isEmpty() ? "" : ":" + Words.cut(service));
  }

  private int add(int slot, long key, String text) {
    int id = texts.size();
    texts.add(text.getBytes(UTF_8));
    if (id == keys.length) {
      keys = Arrays.copyOf(keys, 2 * id);
    }
    keys[id] = key;
    slots[slot] = id + 1;
    if (2 * texts.size() > slots.length) {
      grow();
    }
    return id;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    for (int id = 0; id < texts.size(); id++) {
      int slot = slot(keys[id]);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = id + 1;
    }
  }

  /** The text of a label, in UTF-8; not to be changed. */
  byte[] text(int id) {
    return texts.get(id);
  }

  /** Whether they should be cleared. */
  boolean areMany() {
    return texts.size() > MANY;
  }

  /** Forgets all, and their numbers. */
  void clear() {
    protocols.clear();
    services.clear();
    texts.clear();
    Arrays.fill(slots, 0);
  }
}
