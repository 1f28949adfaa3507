package io.longline.plugins.dnsanomalies;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class NameHashTest {

  @Test
  void readsItsRangeOnly() {
    for (int length = 0; length < 40; length++) {
      var name = "n".repeat(length);
      var one = ("ab" + name + "cdefghijk").getBytes(US_ASCII);
      var other = ("zzzzz" + name).getBytes(US_ASCII);
      assertThat(NameHash.of(one, 2, 2 + length)).isEqualTo(NameHash.of(other, 5, 5 + length));
    }
  }

  @Test
  void eachBitCounts() {
    var hashes = new HashSet<Long>();
    int names = 0;
    for (int length = 1; length < 70; length++) {
      hashes.add(NameHash.of(new byte[length], 0, length));
      names++;
      for (int bit = 0; bit < length * 8; bit++) {
        var bytes = new byte[length];
        bytes[bit / 8] = (byte) (1 << bit % 8);
        hashes.add(NameHash.of(bytes, 0, length));
        names++;
      }
    }
    assertThat(hashes).hasSize(names);
  }

  /** Facts on disk have these hashes, so they must not change without another part version. */
  @Test
  void staysTheSame() {
    var name = "www.example.com".getBytes(US_ASCII);
    assertThat(NameHash.of(name, 0, name.length)).isEqualTo(0x658b8a04730211c4L);
  }
}
