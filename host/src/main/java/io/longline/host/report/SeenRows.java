package io.longline.host.report;

import java.util.HashSet;
import java.util.Set;

/**
 * The rows that were read before: a directory that was processed twice has written its rows twice.
 * Confined to one thread.
 */
final class SeenRows {

  /** Rows that are remembered; later ones are compared with these alone. */
  private static final int MAX_ROWS = 1_000_000;

  private static final int MULTIPLIER = 131;

  private final Set<Long> hashes = new HashSet<>();

  /** Whether a row is not equal to one before; it is remembered. */
  boolean isNew(ReportedFinding finding) {
    var hash = hash(finding.toString());
    return hashes.size() < MAX_ROWS ? hashes.add(hash) : !hashes.contains(hash);
  }

  /** Two hashes of 32 bits, since a single one is not enough. */
  private static long hash(String text) {
    int second = 7;
    for (int i = text.length() - 1; i >= 0; i--) {
      second = MULTIPLIER * second + text.charAt(i);
    }
    return ((long) text.hashCode() << 32) ^ (second & 0xffffffffL);
  }
}
