package io.longline.host.ledger;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;

/** Makes claims for tests that have no ledger. */
public final class TestClaims {

  private TestClaims() {}

  /** A claim of a batch with no files, first attempts. */
  public static Claim of(long number, Path directory, String... hooks) {
    var attempts = new HashMap<String, Integer>();
    for (var hook : hooks) {
      attempts.put(hook, 1);
    }
    return new Claim(Batch.of(number, directory, 1, List.of()), 1, attempts);
  }
}
