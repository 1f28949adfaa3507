package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who builds the archives gets the bytes that we have: anywhere, at any time, in any locale. */
@Tag("slow")
class ReproducibleBuildTest {

  @TempDir Path folder;

  private static String sums(Path checkout, String umask, Map<String, String> variables)
      throws Exception {
    var builder =
        new ProcessBuilder(
                "sh",
                "-c",
                "umask "
                    + umask
                    + "; exec mvn -B -Dmaven.test.skip -Dspotless.check.skip -Dfail.on.warning=false -pl '!acceptance-tests,!benchmarks' package")
            .directory(checkout.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("LC_ALL", "LANG", "TZ"));
    builder.environment().putAll(variables);
    var process = builder.start();
    var text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return Files.readString(checkout.resolve("dist/target/SHA256SUMS"));
  }

  @Test
  void twoBuildsMakeTheSameBytes() throws Exception {
    var one = Checkout.copyTo(folder.resolve("one"));
    var other = Checkout.copyTo(folder.resolve("another/and deeper"));
    var first = sums(one, "022", Map.of("TZ", "UTC", "LC_ALL", "C.UTF-8"));
    assertThat(first).contains(".tar.gz", ".zip", ".deb");
    assertThat(sums(other, "077", Map.of("TZ", "Asia/Kathmandu", "LC_ALL", "C"))).isEqualTo(first);
  }
}
