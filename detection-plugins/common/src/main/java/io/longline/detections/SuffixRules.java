package io.longline.detections;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules of a public suffix list, found by the hash of a name that is read from its end. Thread-safe
 * once all rules are added, if it is published safely.
 */
final class SuffixRules {

  /** The name is a public suffix. */
  static final int PLAIN = 1;

  /** Each name right below this one is a public suffix. */
  static final int WILDCARD = 2;

  /** The name is a registered domain, although a wildcard says otherwise. */
  static final int EXCEPTION = 4;

  /** The hash of no bytes: FNV-1a with 64 bits, as are the steps. */
  static final long NO_HASH = 0xcbf29ce484222325L;

  private static final long PRIME = 0x100000001b3L;

  /** Three times the rules of the list, with their names in Unicode. */
  private static final int SLOTS = 1 << 15;

  private static final class Rule {
    final byte[] name;
    int kind;

    Rule(byte[] name, int kind) {
      this.name = name;
      this.kind = kind;
    }
  }

  private final long[] hashes = new long[SLOTS];
  private final List<@Nullable Rule> rules = new ArrayList<>();
  private int count;
  private int mostLabels = 1;

  SuffixRules() {
    for (int i = 0; i < SLOTS; i++) {
      rules.add(null);
    }
  }

  /** The hash of a name whose next byte to the left is this one, a letter in any case. */
  static long hash(long hashOfRest, byte next) {
    return (hashOfRest ^ lowerCase(next)) * PRIME;
  }

  /** The hash of a name whose next bytes to the left are these, letters in any case. */
  static long hash(long hashOfRest, byte[] name, int start, int end) {
    long hash = hashOfRest;
    for (int i = end - 1; i >= start; i--) {
      hash = hash(hash, name[i]);
    }
    return hash;
  }

  private static int lowerCase(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter & 0xff;
  }

  /** Adds a rule, by the name without its {@code *.} or {@code !}. */
  void add(String name, int kind) {
    var bytes = name.getBytes(UTF_8);
    long hash = hash(NO_HASH, bytes, 0, bytes.length);
    int labels = (int) name.chars().filter(letter -> letter == '.').count() + 1;
    mostLabels = Math.max(mostLabels, kind == WILDCARD ? labels + 1 : labels);
    int slot = slot(hash, bytes, 0, bytes.length);
    var rule = rules.get(slot);
    if (rule != null) {
      rule.kind |= kind;
      return;
    }
    count++;
    if (count > SLOTS / 2) {
      throw new IllegalStateException("A public suffix list with more than " + count + " names.");
    }
    hashes[slot] = hash;
    rules.set(slot, new Rule(bytes, kind));
  }

  /** The labels of the longest rule. */
  int mostLabels() {
    return mostLabels;
  }

  /** What the rules say about a name with this hash: {@link #PLAIN} and the like together, or 0. */
  int kind(long hash, byte[] bytes, int start, int end) {
    var rule = rules.get(slot(hash, bytes, start, end));
    return rule == null ? 0 : rule.kind;
  }

  /** The slot of a name, or the free one where it would be. */
  private int slot(long hash, byte[] bytes, int start, int end) {
    int slot = (int) (hash ^ (hash >>> 32)) & (SLOTS - 1);
    for (var rule = rules.get(slot); rule != null; rule = rules.get(slot)) {
      if (hashes[slot] == hash && isName(rule.name, bytes, start, end)) {
        return slot;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return slot;
  }

  private static boolean isName(byte[] name, byte[] bytes, int start, int end) {
    if (name.length != end - start) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (lowerCase(name[i]) != lowerCase(bytes[start + i])) {
        return false;
      }
    }
    return true;
  }
}
