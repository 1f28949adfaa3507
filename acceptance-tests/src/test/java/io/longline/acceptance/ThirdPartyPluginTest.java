package io.longline.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plugins that are written and built outside of this build, as a user does who has Longline
 * installed and no checkout of it.
 */
@Tag("slow")
class ThirdPartyPluginTest {

  private static final Pattern GUIDE =
      Pattern.compile("```\n(longline new-plugin .*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  private Installation longline;
  private Path work;

  @BeforeEach
  void install() throws IOException {
    longline = Installation.in(folder);
    work = Files.createDirectories(folder.resolve("work"));
  }

  /** The commands of docs/writing-a-plugin.md, with a folder for LOGS. */
  @Test
  void theGuideWorksAsItStands() throws Exception {
    var docs = Files.readString(Checkout.root().resolve("docs/writing-a-plugin.md"));
    var found = GUIDE.matcher(docs);
    assertThat(found.find()).isTrue();
    var commands = found.group(1).replace("LOGS", Checkout.sampleLogs().toString());
    assertThat(commands.lines()).hasSize(5);

    var text = longline.run(work, commands.lines().toList());

    assertThat(text)
        .contains("Downloaded from longline: file:///", "plugin-api")
        .contains("Tests run: 1, Failures: 0", "BUILD SUCCESS")
        .contains("calls        4 succeeded, 0 failed")
        .doesNotContain("[WARNING]");
    assertThat(longline.home().resolve("plugins-dir"))
        .isDirectoryContaining("glob:**/dns-queries-1.0.0.jar");
    assertThat(longline.run(work, List.of("longline plugins")))
        .contains("dns-queries  1.0.0    loaded  dns-queries/DnsQueries (HOOK)");
    assertThat(Checkout.dailyRows(work.resolve("dns-queries/out"), "dns_queries"))
        .hasSizeGreaterThan(40)
        .allMatch(row -> row.matches("\\d+\\.\\d{6}\t[0-9a-f.:]+(\t[^\t]+){4}"));
  }

  @Test
  void aHookForAnotherLogIsCalledAtExitToo() throws Exception {
    longline.run(
        work,
        List.of(
            "longline new-plugin big-talkers --log conn --exit --package com.acme.zeek",
            "cd big-talkers",
            "mvn -q -B verify",
            "longline plugins install target/big-talkers-1.0.0.jar",
            "longline run --output out " + Checkout.sampleLogs()));

    var output = work.resolve("big-talkers/out");
    assertThat(output.resolve("big_talkers_total.log"))
        .hasContent("rows: " + Checkout.dailyRows(output, "big_talkers").size());
  }
}
