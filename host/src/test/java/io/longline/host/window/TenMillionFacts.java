package io.longline.host.window;

import io.longline.api.Windows;
import io.longline.api.internal.Panes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Ten million facts in 250 parts, merged as one window by a process with little memory. */
final class TenMillionFacts {

  private static final int PARTS = 250;
  private static final int FACTS = 40_000;
  private static final long HOUR = 3_600_000_000L;

  private final Path folder;
  private final Random random = new Random(4);

  private TenMillionFacts(Path folder) {
    this.folder = folder;
  }

  /** Prints the number of facts, if they come in order. */
  public static void main(String[] args) throws IOException {
    System.out.print(new TenMillionFacts(Path.of(args[0])).merged() + " in order");
  }

  private PartFile part(int number) throws IOException {
    var sorter =
        new FactSorter(
            folder,
            new Panes(List.of(Windows.sliding(Duration.ofHours(3), Duration.ofHours(1)))),
            null);
    for (int row = 0; row < FACTS; row++) {
      var key = "10.0." + random.nextInt(256) + "." + random.nextInt(256);
      long time = Math.floorMod(random.nextLong(), 6 * HOUR);
      sorter.put(time, key, ByteBuffer.allocate(Long.BYTES).putLong(row).array());
    }
    var file = folder.resolve("part-" + number);
    try (var out = Files.newOutputStream(file)) {
      sorter.finish(out);
    }
    return new PartFile(file, 0, Files.size(file), "/logs/" + number);
  }

  private long merged() throws IOException {
    var parts = new ArrayList<PartFile>();
    for (int i = 0; i < PARTS; i++) {
      parts.add(part(i));
    }
    long count = 0;
    try (var facts = MergedWindow.open(parts, Long.MIN_VALUE, Long.MAX_VALUE, folder)) {
      var before = "";
      while (facts.nextKey()) {
        check(facts.key().compareTo(before) > 0);
        before = facts.key();
        for (long time = Long.MIN_VALUE; facts.next(); time = facts.time()) {
          check(facts.time() >= time);
          count++;
        }
      }
    }
    return count;
  }

  private static void check(boolean isInOrder) {
    if (!isInOrder) {
      throw new IllegalStateException("A fact is not in order.");
    }
  }
}
