package io.longline.acceptance;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that is killed again and again; {@code -Dkills=500} for more. */
@Tag("slow")
class SqliteKillTest {

  @TempDir Path folder;

  @Test
  void nothingIsLostAndNothingIsDoneTwice() throws Exception {
    long seed = Long.getLong("seed", 20261124);
    try (var hosts = new KilledHosts(folder, 1, "--state", folder.resolve("state").toString())) {
      hosts.killOften(Integer.getInteger("kills", 60), new Random(seed));
      hosts.finish();
      hosts.check();
    }
  }
}
