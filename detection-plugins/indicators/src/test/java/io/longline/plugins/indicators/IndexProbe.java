package io.longline.plugins.indicators;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.management.ThreadMXBean;
import io.longline.detections.Key;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads a feed in a process of its own, searches in it, and writes what that took: the number of
 * indicators, megabytes of heap, matches, bytes allocated by searches without a match, and
 * nanoseconds a search.
 */
final class IndexProbe {

  private static final int SEARCHES = 5_000_000;

  private IndexProbe() {}

  public static void main(String[] args) {
    var settings =
        new IndicatorsSettings(
            List.of(Path.of(args[0])),
            DomainMatching.SUFFIX,
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            Duration.ZERO);
    var feeds = new Feeds(settings);
    feeds.content(Clock.systemUTC(), System.err::println);
    var index = feeds.content(Clock.systemUTC(), System.err::println).index();
    System.gc();
    var memory = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    System.out.println(index.size());
    System.out.println(memory.getUsed() >> 20);
    search(index, 1);
    long matches = search(index, 1);
    System.out.println(matches);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    long none = search(index, 0x40);
    long nanos = System.nanoTime() - start;
    System.out.println(threads.getCurrentThreadAllocatedBytes() - allocated);
    System.out.println(nanos / SEARCHES);
    System.out.println(none);
    System.err.println(Path.of(args[0]));
  }

  /** Searches for addresses that begin with a byte, and a name for every tenth of them. */
  private static long search(IndicatorIndex index, int first) {
    var key = new Key();
    var address = new byte[16];
    var name = "www.some.where.nothing.example".getBytes(ISO_8859_1);
    long found = 0;
    for (int i = 0; i < SEARCHES; i++) {
      address[0] = (byte) first;
      address[1] = (byte) (i >> 16);
      address[2] = (byte) (i >> 8);
      address[3] = (byte) i;
      found += index.address(key, address, 4) == null ? 0 : 1;
      if (i % 10 == 0) {
        name[4] = (byte) ('a' + i % 26);
        found += index.domain(key, name, 0, name.length) == null ? 0 : 1;
      }
    }
    return found;
  }
}
