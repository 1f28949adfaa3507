package io.longline.plugins.dnsanomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctHashesTest {

  private static final int MOST_EXACT = 1000;

  private static DistinctHashes of(Iterable<Long> hashes) {
    var set = new DistinctHashes(MOST_EXACT);
    hashes.forEach(set::add);
    return set;
  }

  private static byte[] bytes(DistinctHashes set) {
    var out = new FactWriter();
    set.writeTo(out);
    return out.toBytes();
  }

  private static List<Long> hashes(int count) {
    var random = new Random(count);
    var hashes = new ArrayList<Long>();
    for (int i = 0; i < count; i++) {
      hashes.add(random.nextLong());
    }
    return hashes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 100, 999, 1000})
  void isExactUpToItsNumber(int count) {
    var twice = hashes(count);
    twice.addAll(hashes(count));
    assertThat(of(twice).count()).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 2000, 4000, 9000, 20_000, 300_000})
  void isAnEstimateBeyond(int count) {
    assertThat((double) of(hashes(count)).count()).isCloseTo(count, within(0.05 * count));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 700, 1000, 1001, 1500, 5000})
  void theOrderDoesNotMatter(int count) {
    var hashes = hashes(count);
    hashes.set(0, 0L);
    hashes.set(1, 1L << 63);
    var expected = bytes(of(hashes));
    var random = new Random(1);
    for (int round = 0; round < 10; round++) {
      Collections.shuffle(hashes, random);
      int cut = random.nextInt(count);
      var one = of(hashes.subList(0, cut));
      // The parts overlap.
      one.addFrom(new FactReader(bytes(of(hashes.subList(cut / 2, count)))));
      assertThat(bytes(one)).isEqualTo(expected);
      var other = of(hashes.subList(cut / 2, count));
      other.addFrom(new FactReader(bytes(of(hashes.subList(0, cut)))));
      assertThat(bytes(other)).isEqualTo(expected);
    }
  }

  @Test
  void staysBounded() {
    var set = of(hashes(300_000));
    assertThat(set.memory()).isEqualTo(HyperLogLog.REGISTERS);
    assertThat(bytes(set).length).isLessThan(HyperLogLog.REGISTERS + 10);
    assertThat(of(hashes(1000)).memory()).isLessThanOrEqualTo(4096 * Long.BYTES);
  }
}
