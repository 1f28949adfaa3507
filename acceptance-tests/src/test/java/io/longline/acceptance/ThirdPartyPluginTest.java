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

  private static final String SSH_HEADER =
      "#separator \\x09\n#unset_field\t-\n#path\tssh\n"
          + "#fields\tts\tid.orig_h\tauth_success\n#types\ttime\taddr\tbool\n";

  @TempDir Path folder;

  private Installation longline;
  private Path work;

  @BeforeEach
  void install() throws Exception {
    longline = Installation.in(folder);
    work = Files.createDirectories(folder.resolve("work"));
  }

  /** The commands of docs/writing-a-plugin.md, with a folder for LOGS. */
  @Test
  void theGuideWorksAsItStands() throws Exception {
    var text = longline.run(work, commandsOf("docs/writing-a-plugin.md", Checkout.sampleLogs()));

    assertThat(text)
        .contains("Downloaded from longline: file:///", "plugin-api")
        .contains("Tests run: 1, Failures: 0", "BUILD SUCCESS")
        .contains("calls        4 succeeded, 0 failed")
        .doesNotContain("[WARNING]");
    assertThat(longline.home().resolve("plugins"))
        .isDirectoryContaining("glob:**/dns-queries-1.0.0.jar");
    assertThat(longline.run(work, List.of("longline plugins")))
        .contains("dns-queries  1.0.0    loaded  dns-queries/DnsQueries (HOOK)");
    assertThat(Checkout.dailyRows(work.resolve("dns-queries/out"), "dns_queries"))
        .hasSizeGreaterThan(40)
        .allMatch(row -> row.matches("\\d+\\.\\d{6}\t[0-9a-f.:]+(\t[^\t]+){4}"));
  }

  private static List<String> commandsOf(String guide, Path logs) throws IOException {
    var found = GUIDE.matcher(Files.readString(Checkout.root().resolve(guide)));
    assertThat(found.find()).isTrue();
    var commands = found.group(1).replace("LOGS", logs.toString()).lines().toList();
    assertThat(commands).hasSize(5);
    return commands;
  }

  /** The commands of docs/windows.md, with records of two days in two directories. */
  @Test
  void theGuideOfWindowsWorksAsItStands() throws Exception {
    var logs = work.resolve("logs");
    writeSsh(
        logs.resolve("first"),
        "1714420800.000000\t10.0.0.1\tF",
        "1714420801.000000\t10.0.0.1\tT",
        "1714420802.000000\t10.0.0.7\tF",
        "1714435200.000000\t10.0.0.1\tF");
    writeSsh(
        logs.resolve("second"),
        "1714420803.000000\t10.0.0.1\tF",
        "1714420804.000000\t10.0.0.1\tF",
        "1714420805.000000\t10.0.0.1\t-");

    var text = longline.run(work, commandsOf("docs/windows.md", logs));

    assertThat(text).contains("Tests run: 2, Failures: 0", "BUILD SUCCESS");
    var output = work.resolve("failed-logins/out/failed_logins");
    assertThat(rows(output.resolve("2024-04-29.log")))
        .containsExactly("10.0.0.1\t3", "10.0.0.7\t1");
    assertThat(rows(output.resolve("2024-04-30.log"))).containsExactly("10.0.0.1\t1");
  }

  private static void writeSsh(Path folder, String... rows) throws IOException {
    Files.writeString(
        Files.createDirectories(folder).resolve("ssh.log"),
        SSH_HEADER + String.join("\n", rows) + "\n");
  }

  private static List<String> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
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
