package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs of docs/embedding.md, built outside this build with what {@code mvn install} of a
 * checkout installs, and run.
 */
@Tag("slow")
class EmbeddingTest {

  private static final Pattern VERSION_IN_POM =
      Pattern.compile("<artifactId>longline</artifactId>\\s*<version>([^<]+)</version>");

  /** A host whose plugins run in processes of their own, with a ledger that cannot be used here. */
  private static final String OTHERS =
      """
      package org.example;

      import io.longline.host.app.HookHost;
      import io.longline.host.app.HostRefusedException;
      import io.longline.host.configuration.HostSettings;
      import io.longline.host.ledger.LedgerLocation;
      import java.nio.file.Path;
      import java.util.Set;

      public final class Others {
        public static void main(String[] args) throws Exception {
          var settings =
              HostSettings.builder(Path.of(args[0]), Path.of(args[1]))
                  .isolated(Set.of(HostSettings.Calling.ALL));
          var host = HookHost.start(settings.build());
          try (host) {
            host.submit(Path.of(args[2]));
          }
          System.out.println("in processes: " + host.summary().calls().allSucceeded());
          try {
            var postgres = LedgerLocation.at("jdbc:postgresql://localhost/longline");
            HookHost.start(settings.ledger(postgres).build());
          } catch (HostRefusedException e) {
            System.out.println(e.getMessage());
          }
        }
      }
      """;

  @TempDir static Path folder;

  private static String version;
  private static Path installed;
  private static Path project;

  @BeforeAll
  static void installAndBuild() throws Exception {
    var checkout = Checkout.copyTo(folder.resolve("checkout"));
    var found = VERSION_IN_POM.matcher(Files.readString(checkout.resolve("pom.xml")));
    assertThat(found.find()).isTrue();
    version = found.group(1);
    project = folder.resolve("embedded");
    assertThat(DocumentedFiles.write("docs/embedding.md", project))
        .containsExactly(
            "pom.xml",
            "src/main/java/org/example/Embedded.java",
            "src/main/java/org/example/Watching.java");
    Files.writeString(project.resolve("src/main/java/org/example/Others.java"), OTHERS);
    try (var repository = MavenRepository.in(folder.resolve("repository"))) {
      repository.maven(checkout, "install", "-DskipTests");
      repository.maven(project, "package", "dependency:copy-dependencies");
      installed = repository.longline();
    }
  }

  @Test
  void installsWhatAuthorsAndEmbeddersNeed() throws IOException {
    assertThat(files(installed)).containsExactlyInAnyOrder("longline", "plugin-api", "host", "bom");
    assertThat(files(installed.resolve("longline/" + version)))
        .contains("longline-" + version + ".pom");
    assertThat(files(installed.resolve("bom/" + version))).contains("bom-" + version + ".pom");
    for (var artifact : List.of("plugin-api", "host")) {
      var start = artifact + "-" + version;
      assertThat(files(installed.resolve(artifact).resolve(version)))
          .contains(start + ".pom", start + ".jar", start + "-sources.jar", start + "-javadoc.jar");
    }
    assertThat(moduleName("plugin-api")).isEqualTo("io.longline.plugin.api");
    assertThat(moduleName("host")).isEqualTo("io.longline.host");
  }

  @Test
  void theClassPathHoldsNothingOfTheCommandLine() throws IOException {
    assertThat(files(project.resolve("target/dependency")))
        .contains("host-" + version + ".jar", "plugin-api-" + version + ".jar")
        .noneMatch(name -> name.matches("(slf4j-simple|picocli|progressbar|tomlj|postgresql)-.*"));
    try (var host = jar("host")) {
      assertThat(host.getEntry("simplelogger.properties")).as("how to log").isNull();
    }
  }

  @Test
  void theProgramOfTheDocumentationRuns() throws Exception {
    var output = folder.resolve("out");
    var text = java("Embedded", plugins(), output, Checkout.sampleLogs(), Path.of("/no/such/logs"));
    assertThat(text)
        .contains(
            Checkout.sampleLogs() + ": 4 log directories",
            "/no/such/logs: 0 log directories",
            "not used: /no/such/logs: There is no such file or folder.")
        .containsPattern("[1-9]\\d* calls succeeded");
    assertThat(files(output.resolve("traffic-summary"))).contains("run.log");
  }

  @Test
  void otherProgramsSayWhichLibraryIsMissing() throws Exception {
    var file = Files.writeString(folder.resolve("longline.toml"), "workers = 2\n");
    assertThat(java("Watching", file, plugins())).contains("Add org.tomlj:tomlj to the class path");
    assertThat(java("Others", plugins(), folder.resolve("isolated"), Checkout.sampleLogs()))
        .containsPattern("in processes: [1-9]")
        .contains("Add org.postgresql:postgresql to the class path");
  }

  @Test
  void theDocumentationNamesTheVersionsOfTheBuild() throws IOException {
    var pom = Files.readString(Checkout.root().resolve("pom.xml"));
    var page = Files.readString(Checkout.root().resolve("docs/embedding.md"));
    for (var library : List.of("tomlj", "postgresql")) {
      var start = "<" + library + ".version>";
      int from = pom.indexOf(start) + start.length();
      assertThat(page).contains(":" + library + ":" + pom.substring(from, pom.indexOf('<', from)));
    }
  }

  private static Path plugins() {
    return folder.resolve("checkout/plugins-dir");
  }

  private static String java(String program, Path... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add("target/classes" + File.pathSeparator + "target/dependency/*");
    command.add("org.example." + program);
    List.of(arguments).forEach(each -> command.add(each.toString()));
    var process =
        new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }

  private static String moduleName(String artifact) throws IOException {
    try (var jar = jar(artifact)) {
      return jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
    }
  }

  private static JarFile jar(String artifact) throws IOException {
    var name = artifact + "-" + version + ".jar";
    return new JarFile(installed.resolve(artifact).resolve(version).resolve(name).toFile());
  }

  private static List<String> files(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }
}
