package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher builds what is missing or older than its sources, in a path with a space. */
@Tag("slow")
class LauncherBuildTest {

  private static final String BUILDING = "longline: building";

  @TempDir Path folder;

  private record Result(int exitCode, String text) {}

  private static Result plugins(Path checkout) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(checkout.resolve("longline").toString(), "plugins")
            .redirectErrorStream(true)
            .start();
    var text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), text);
  }

  @Test
  void buildsJarsThatAreMissingOrOlderThanTheirSources() throws Exception {
    var checkout = Checkout.copyTo(folder.resolve("a checkout"));
    var foreign = Files.writeString(checkout.resolve("plugins-dir/foreign.txt"), "not the build's");

    assertThat(plugins(checkout))
        .satisfies(
            first -> {
              assertThat(first.text())
                  .contains(BUILDING)
                  .contains("http-connections/HttpConnections");
              assertThat(first.exitCode()).isZero();
            });
    assertThat(foreign).hasContent("not the build's");
    assertThat(plugins(checkout).text()).as("nothing changed").doesNotContain(BUILDING);
    assertThat(checkout.resolve("host/target/repository/io/longline/plugin-api"))
        .as("what new plugins are built against")
        .isDirectory();

    assertThat(checkout.resolve("host/target/longline.release"))
        .as("the class archive, without which the program starts slowly, was made for this JVM")
        .exists();

    var source =
        checkout.resolve(
            "example-plugins/http-connections/src/main/java/io/longline/plugins/http/HttpConnections.java");
    var good = Files.readString(source);
    Files.writeString(source, good + "// changed\n");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now()));
    assertThat(plugins(checkout).text()).as("a source is newer").contains(BUILDING);
    assertThat(plugins(checkout).text()).as("built by now").doesNotContain(BUILDING);

    Files.writeString(source, good + "this does not compile\n");
    for (int i = 0; i < 2; i++) {
      var broken = plugins(checkout);
      assertThat(broken.exitCode()).as("never an old jar").isEqualTo(3);
      assertThat(broken.text())
          .contains("HttpConnections.java")
          .contains("longline: the build failed");
    }
  }
}
