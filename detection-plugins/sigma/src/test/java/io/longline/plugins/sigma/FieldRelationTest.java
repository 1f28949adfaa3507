package io.longline.plugins.sigma;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FieldRelationTest {

  private static boolean contains(String value, String part) {
    return FieldTest.Relation.CONTAINS.holds(value.getBytes(ISO_8859_1), part.getBytes(ISO_8859_1));
  }

  @Test
  void findsWhatATextContains() {
    var random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      var value = text(random, 12);
      var part = text(random, 5);
      assertThat(contains(value, part)).as("%s in %s", part, value).isEqualTo(value.contains(part));
    }
  }

  private static String text(Random random, int length) {
    var text = new StringBuilder();
    for (int i = random.nextInt(length); i > 0; i--) {
      text.append(random.nextBoolean() ? 'a' : 'b');
    }
    return text.toString();
  }

  /** Would take minutes if each place were compared with the whole part. */
  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void repetitionsDoNotTakeLong() {
    var half = "a".repeat(2_000_000);
    assertThat(contains(half + half, half + "b")).isFalse();
  }
}
