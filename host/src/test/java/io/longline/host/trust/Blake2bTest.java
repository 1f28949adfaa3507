package io.longline.host.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Blake2bTest {

  private static String hash(byte[] bytes) throws IOException {
    return HexFormat.of().formatHex(Blake2b.of(new ByteArrayInputStream(bytes)));
  }

  /** Appendix A of RFC 7693. */
  @Test
  void hashesTheExampleOfTheRfc() throws IOException {
    assertThat(hash("abc".getBytes(UTF_8)))
        .isEqualTo(
            "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
  }

  /** From the test vectors of BLAKE2's authors (blake2b-test.txt and the paper). */
  @Test
  void hashesTheEmptyText() throws IOException {
    assertThat(hash(new byte[0]))
        .isEqualTo(
            "786a02f742015903c6c6fd852552d272912f4740e15847618a86e217f71f5419"
                + "d25e1031afee585313896444934eb04b903a685b1448b755d56f701afe9be2ce");
  }

  /**
   * The texts of the self-test in appendix E of RFC 7693, without a key and with 64 bytes of
   * result: the hash of their hashes, as Python's hashlib computes it.
   */
  @Test
  void hashesTextsThatEndAtAndBesideTheEndOfABlock() throws IOException {
    var all = new ByteArrayOutputStream();
    for (int length : new int[] {0, 3, 128, 129, 255, 1024}) {
      all.writeBytes(Blake2b.of(new ByteArrayInputStream(sequence(length))));
    }
    assertThat(hash(all.toByteArray()))
        .isEqualTo(
            "d3d81a56b4ec9c106005a4d5728b5a902c6918c8ab1f40ded6bca71c5eb28a87"
                + "77f31f8ab43021cc149e735c69b6d10cfcdcabe7b7a53ebfbd89fad12dee9924");
  }

  /** The function selftest_seq of that appendix, with the length as the seed. */
  private static byte[] sequence(int length) {
    var bytes = new byte[length];
    int a = 0xDEAD4BAD * length;
    int b = 1;
    for (int i = 0; i < length; i++) {
      int t = a + b;
      a = b;
      b = t;
      bytes[i] = (byte) (t >>> 24);
    }
    return bytes;
  }
}
