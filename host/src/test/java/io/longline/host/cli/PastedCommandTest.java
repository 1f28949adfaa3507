package io.longline.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PastedCommandTest {

  @Test
  void repeatsAllOptionsButTheOutputFolder() {
    assertThat(
            PastedCommand.withOutput(
                "run",
                List.of("-v", "run", "--plugins", "my plugins", "--output=a", "--again", "it's"),
                "a-again"))
        .isEqualTo("longline -v run --output a-again --plugins 'my plugins' --again 'it'\\''s'");
    assertThat(
            PastedCommand.withOutput(
                "run", List.of("run", "--hooks", "x", "--output", "a b", "logs"), "a b-again"))
        .isEqualTo("longline run --output 'a b-again' --hooks x logs");
  }

  @Test
  void repeatsNoPassword() {
    assertThat(
            PastedCommand.withOutput(
                "run",
                List.of("run", "--ledger", "jdbc:postgresql://h/d?user=u&password=geheim", "logs"),
                "b"))
        .doesNotContain("geheim")
        .contains("jdbc:postgresql://h/d?user=u");
  }
}
