package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that makes a release, in a repository of its own and without the build. */
class ReleaseTest {

  @TempDir Path folder;

  private Path checkout;

  @BeforeEach
  void commit() throws Exception {
    checkout = Checkout.copyTo(folder.resolve("checkout"));
    git("init", "-q", "-b", "main");
    git("add", "-A");
    git("commit", "-q", "-m", "Everything");
  }

  private String git(String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.addAll(List.of("git", "-c", "user.name=Someone", "-c", "user.email=someone@localhost"));
    command.addAll(List.of(arguments));
    return Distribution.run(checkout, command);
  }

  private record Result(int exitCode, String text) {}

  private Result release(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(checkout.resolve("dist/release").toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    for (var role : List.of("AUTHOR", "COMMITTER")) {
      builder.environment().put("GIT_" + role + "_NAME", "Someone");
      builder.environment().put("GIT_" + role + "_EMAIL", "someone@localhost");
    }
    var process = builder.start();
    var text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), text);
  }

  @Test
  void aReleaseHasItsVersionEverywhereAndANewChangelog() throws Exception {
    assertThat(release("9.8.7", "9.9.0", "--untested"))
        .satisfies(result -> assertThat(result.exitCode()).as(result.text()).isZero());
    assertThat(git("show", "v9.8.7:host/pom.xml")).contains("<version>9.8.7</version>");
    assertThat(git("show", "v9.8.7:docs/embedding.md"))
        .contains("9.8.7")
        .doesNotContain("SNAPSHOT");
    assertThat(git("show", "v9.8.7:CHANGELOG.md"))
        .containsPattern("## Unreleased\n\n## 9\\.8\\.7 - \\d{4}-\\d\\d-\\d\\d\n");
    assertThat(checkout.resolve("pom.xml")).content().contains("<version>9.9.0-SNAPSHOT</version>");
    assertThat(git("status", "--porcelain")).isEmpty();
    assertThat(release("9.8.7", "9.9.0", "--untested").text()).contains("there is a tag v9.8.7");
    assertThat(release("9.9.0", "9.10.0", "--untested").text())
        .contains("CHANGELOG.md has no line below Unreleased");
  }

  @Test
  void whatIsNotCommittedIsInNoRelease() throws Exception {
    Files.writeString(checkout.resolve("README.md"), "something else");
    var result = release("9.8.7", "9.9.0", "--untested");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.text()).contains("there are changes that are not committed");
    assertThat(release("9.8", "9.9.0").text()).contains("usage: release VERSION NEXT");
  }
}
