package io.longline.host.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.settings.SecretMask;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class HookTextTest {

  private static final UnaryOperator<String> MASK =
      new SecretMask(List.of("s3cret-s3cret"))::masked;

  @Test
  void leavesShortTextsAsTheyAreButForSecrets() {
    assertThat(HookText.masked("key s3cret-s3cret.", MASK)).isEqualTo("key (secret).");
    assertThat(HookText.masked("x".repeat(4_000), MASK)).isEqualTo("x".repeat(4_000));
  }

  @Test
  void saysHowLongACutTextIs() {
    assertThat(HookText.masked("x".repeat(5_000), MASK))
        .isEqualTo("x".repeat(4_000) + "… (5000 characters)");
  }

  @Test
  void showsNoPartOfASecretWhereverTheTextIsCut() {
    for (int before = 3_980; before < 4_010; before++) {
      assertThat(HookText.masked("x".repeat(before) + "s3cret-s3cret" + "y".repeat(100_000), MASK))
          .doesNotContain("s3");
    }
    // Short texts take the place of long ones, so that the end of what is kept gets near.
    for (int more = 0; more < 13; more++) {
      var text = "x".repeat(more) + "s3cret-s3cret".repeat(10_000);
      assertThat(HookText.masked(text, MASK)).doesNotContain("s3");
    }
  }

  @Test
  void doesNotCutACharacterInTwo() {
    var text = HookText.masked("x".repeat(3_999) + "😀".repeat(5_000), MASK);
    assertThat(text).startsWith("x".repeat(3_999) + "…");
  }
}
