package io.longline.plugins.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailsTest {

  @TempDir Path folder;

  private Sample sample;

  @BeforeEach
  void makeSample() throws Exception {
    sample = new Sample(folder);
    sample.feed("bad@evil.example\n");
  }

  @Test
  void anAddressStartsBehindTheOneBefore() throws Exception {
    sample.log(
        "smtp",
        "from",
        "string",
        "<a@good.example>;bad@evil.example",
        "a@good.example;bad@evil.example",
        "@@bad@evil.example",
        "a@,bad@evil.example",
        "a@bad@evil.example");
    assertThat(sample.seen()).hasSize(4).containsOnly("bad@evil.example SMTP::IN_FROM");
  }

  @Test
  void aHeaderOfManySignsTakesLittleTime() throws Exception {
    sample.log("smtp", "from", "string", "a@".repeat(400_000), "@".repeat(800_000));
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThat(sample.seen()).isEmpty());
  }
}
