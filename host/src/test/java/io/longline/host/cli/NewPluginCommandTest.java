package io.longline.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.ApiVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command prints and refuses; PluginProjectTest looks at what it writes. */
class NewPluginCommandTest {

  @TempDir Path folder;

  private CliHarness cli;
  private Path projects;

  @BeforeEach
  void install() throws IOException {
    var home = folder.resolve("home of Zoë");
    Files.createDirectories(
        home.resolve("repository/io/longline/plugin-api").resolve(ApiVersion.current()));
    cli = new CliHarness(home);
    projects = folder.resolve("projects");
  }

  private int newPlugin(String... more) {
    var args = new String[more.length + 3];
    args[0] = "new-plugin";
    args[1] = "--into";
    args[2] = projects.toString();
    System.arraycopy(more, 0, args, 3, more.length);
    return cli.run(args);
  }

  @Test
  void writesTheProjectAndSaysHowToGoOn() throws IOException {
    assertThat(newPlugin("dns-queries")).as(cli.err()).isZero();
    var project = projects.resolve("dns-queries");
    assertThat(cli.out().lines())
        .containsExactly(
            "Wrote " + project + ":",
            "  pom.xml",
            "  README.md",
            "  .gitignore",
            "  src/main/java/org/example/dnsqueries/DnsQueries.java",
            "  src/main/resources/META-INF/services/io.longline.api.RecordHook",
            "  src/test/java/org/example/dnsqueries/DnsQueriesTest.java",
            "",
            "Build and install it:",
            "  cd " + project,
            "  mvn verify",
            "  longline plugins install target/dns-queries-1.0.0.jar");
    assertThat(cli.out().lines().filter(line -> line.startsWith("  ") && line.contains(".")))
        .filteredOn(line -> !line.contains("longline plugins"))
        .allSatisfy(line -> assertThat(project.resolve(line.strip())).isRegularFile());
    assertThat(project.resolve("pom.xml"))
        .content()
        .contains("<artifactId>dns-queries</artifactId>")
        .contains("<longline.version>" + ApiVersion.current() + "</longline.version>")
        .contains("/home%20of%20Zoë/repository</url>");
  }

  @Test
  void takesLogPackageAndExit() throws IOException {
    assertThat(newPlugin("big-uploads", "--log", "conn", "--package", "com.acme.zeek", "--exit"))
        .as(cli.err())
        .isZero();
    var project = projects.resolve("big-uploads");
    assertThat(project.resolve("src/main/java/com/acme/zeek/BigUploads.java"))
        .content()
        .contains("package com.acme.zeek;")
        .contains("LogFields.of(\"conn\")")
        .contains("implements RecordHook, ExitHook");
    for (var site : new String[] {"RecordHook", "ExitHook"}) {
      assertThat(project.resolve("src/main/resources/META-INF/services/io.longline.api." + site))
          .hasContent("com.acme.zeek.BigUploads");
    }
    assertThat(project.resolve("pom.xml")).content().contains("<groupId>com.acme</groupId>");
  }

  @Test
  void aHookWithWindowsCountsFailedLogins() throws IOException {
    assertThat(newPlugin("failed-logins", "--window")).as(cli.err()).isZero();
    var project = projects.resolve("failed-logins");
    assertThat(project.resolve("src/main/java/org/example/failedlogins/FailedLogins.java"))
        .content()
        .contains("/** Writes how many logins of each client failed on each day. */")
        .contains("LogFields.of(\"ssh\")", "SSH.optional().bool(\"auth_success\")")
        .contains("implements RecordHook, WindowHook");
    for (var site : new String[] {"RecordHook", "WindowHook"}) {
      assertThat(project.resolve("src/main/resources/META-INF/services/io.longline.api." + site))
          .hasContent("org.example.failedlogins.FailedLogins");
    }
    assertThat(project.resolve("README.md"))
        .content()
        .contains("`failed_logins/YYYY-MM-DD.log`, a file for each day of the records")
        .contains("docs/windows.md");

    assertThat(newPlugin("uploads", "--window", "--log", "conn")).as(cli.err()).isZero();
    assertThat(projects.resolve("uploads/src/main/java/org/example/uploads/Uploads.java"))
        .content()
        .contains("LogFields.of(\"conn\")")
        .doesNotContain("auth_success");
    assertThat(newPlugin("logons", "--window", "--log", "radius")).as(cli.err()).isZero();
    assertThat(cli.out()).contains("so the hook reads ts and id.orig_h and counts the records.");
  }

  @Test
  void aHookWithWindowsIsNotCalledAtExit() {
    assertThat(newPlugin("logins", "--window", "--exit")).isEqualTo(2);
    assertThat(cli.err()).contains("--window", "--exit", "mutually exclusive");
    assertThat(projects).doesNotExist();
  }

  @Test
  void printsAnObjectForScripts() throws IOException {
    assertThat(newPlugin("queries", "--json")).isZero();
    var object = cli.jsonLines().get(0);
    assertThat(object.get("folder").asText()).isEqualTo(projects + "/queries");
    assertThat(object.get("class").asText()).isEqualTo("org.example.queries.Queries");
    assertThat(object.get("files")).hasSize(6);
    assertThat(object.get("api_version").asText()).isEqualTo(ApiVersion.current());
  }

  @Test
  void saysThatALogIsNotKnown() {
    assertThat(newPlugin("queries", "--log", "dsn")).isZero();
    assertThat(cli.out())
        .startsWith(
            "The fields of dsn.log are not known here, so the hook reads ts alone and counts the records. Did you mean dns?\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DnsQueries     | such as dns-queries",
        "dns_queries    | such as dns-queries",
        "../dns         | such as dns",
        "dns-2          | such as dns2",
        "-              | such as dns-queries",
        "größe          | such as gr-e",
        "new            | The package \"org.example.new\" is not a name in Java",
      })
  void refusesBadNames(String name, String words) {
    assertThat(newPlugin("--", name)).isEqualTo(2);
    assertThat(cli.err()).contains(words).contains("See longline new-plugin --help.");
    assertThat(projects).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--package | org..example  | is not a name in Java",
        "--package | org.Import;   | is not a name in Java",
        "--log     | conn.log      | write --log conn.",
        "--log     | logs/conn     | is not the name of a log of Zeek",
        "--exit=1  | conn          | --exit",
      })
  void refusesBadOptions(String option, String value, String words) {
    assertThat(newPlugin("queries", option, value)).isEqualTo(2);
    assertThat(cli.err()).contains(words);
    assertThat(projects).doesNotExist();
  }

  @Test
  void neverTouchesAFolderThatHasFiles() throws IOException {
    var file = Files.createDirectories(projects.resolve("queries")).resolve("mine.txt");
    Files.writeString(file, "mine");
    assertThat(newPlugin("queries")).isEqualTo(3);
    assertThat(cli.err()).contains("queries exists and is not empty", "--into");
    assertThat(projects.resolve("queries")).isDirectoryContaining("glob:**mine.txt");
    assertThat(projects.resolve("queries/pom.xml")).doesNotExist();

    Files.writeString(projects.resolve("other"), "a file");
    assertThat(newPlugin("other")).isEqualTo(3);
    assertThat(cli.err()).contains("other exists and is not a folder");

    Files.createDirectories(projects.resolve("empty"));
    assertThat(newPlugin("empty")).isZero();
  }

  @Test
  void needsTheRepositoryOfThisVersion() throws IOException {
    Files.move(
        folder
            .resolve("home of Zoë/repository/io/longline/plugin-api")
            .resolve(ApiVersion.current()),
        folder.resolve("home of Zoë/repository/io/longline/plugin-api/0.0.9"));
    assertThat(newPlugin("queries")).isEqualTo(3);
    assertThat(cli.err())
        .contains("There is no Maven repository with plugin-api " + ApiVersion.current() + " in")
        .contains("its launcher");
    assertThat(projects).doesNotExist();
  }
}
