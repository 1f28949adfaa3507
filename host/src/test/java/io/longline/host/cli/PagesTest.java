package io.longline.host.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual pages and the completion that are packaged. */
class PagesTest {

  @TempDir Path folder;

  @BeforeEach
  void generate() throws Exception {
    var cli = new CliHarness(folder);
    assertThat(cli.run("generate-pages", folder.resolve("share").toString())).isZero();
  }

  private List<Path> pages() throws Exception {
    try (var files = Files.list(folder.resolve("share/man/man1"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void eachCommandHasAPageWithItsOptions() throws Exception {
    assertThat(pages())
        .extracting(page -> page.getFileName().toString())
        .contains("longline.1", "longline-run.1", "longline-plugins-install.1", "longline-cut.1")
        .noneMatch(name -> name.contains("generate"));
    assertThat(folder.resolve("share/man/man1/longline-run.1"))
        .content()
        .startsWith(".TH LONGLINE-RUN 1 ")
        .contains(
            "\n.B \\-\\-again\n", "\n.B \\-\\-output=DIR\n", "\n.SH SEE ALSO\n.BR longline (1)");
    assertThat(folder.resolve("share/man/man1/longline.1"))
        .content()
        .contains("longline\\-watch(1)");
  }

  @Test
  void theFormatterHasNothingToSayAboutThem() throws Exception {
    boolean isThere = canRun("groff", "--version");
    assertThat(isThere || !"true".equals(System.getenv("CI"))).as("groff in CI").isTrue();
    assumeTrue(isThere, "SKIPPED: there is no groff");
    for (var page : pages()) {
      assertThat(output("groff", "-man", "-ww", "-K", "utf8", "-T", "utf8", "-z", page.toString()))
          .as(page.toString())
          .isEmpty();
    }
  }

  /** In bash, the words after a command are completed. */
  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    var script = folder.resolve("share/bash-completion/completions/longline");
    assertThat(
            output(
                "bash",
                "-c",
                "compopt() { :; }; . \"$0\"; COMP_WORDS=(longline re); COMP_CWORD=1; _complete_longline; echo ${COMPREPLY[@]}; COMP_WORDS=(longline run --ag); COMP_CWORD=2; _complete_longline; echo ${COMPREPLY[@]}",
                script.toString()))
        .isEqualTo("report replay\n--again\n");
  }

  private static boolean canRun(String... command) throws Exception {
    try {
      output(command);
      return true;
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private static String output(String... command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }
}
