package io.longline.host.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.longline.zeek.HostAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Files that the system makes up as they are read: this one waits for the kernel to speak. */
class CapturesTest {

  private static final Path ENDLESS = Path.of("/proc/kmsg");

  static boolean isReadable() {
    return Files.isReadable(ENDLESS);
  }

  @Test
  @EnabledIf("isReadable")
  void doesNotOpenAFileWithoutLength() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          assertThat(Captures.remedy(ENDLESS)).isEmpty();
          assertThat(HostAccess.probe(ENDLESS)).isEmpty();
        });
  }
}
