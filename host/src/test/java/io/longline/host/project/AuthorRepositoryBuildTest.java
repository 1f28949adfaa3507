package io.longline.host.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The repository that the build makes; ThirdPartyPluginTest has Maven use it. */
class AuthorRepositoryBuildTest {

  private static final String PLUGIN_API = "io/longline/plugin-api/";

  @TempDir Path folder;

  private Path jar;
  private Path repository;

  @BeforeEach
  void build() throws IOException {
    Files.createDirectories(folder.resolve("plugin-api/target"));
    Files.writeString(folder.resolve("pom.xml"), "the parent's pom");
    Files.writeString(folder.resolve("plugin-api/pom.xml"), "the pom");
    jar = Files.writeString(folder.resolve("plugin-api/target/plugin-api.jar"), "the jar");
    repository = folder.resolve("the repository");
  }

  private void make(String version) throws IOException, InterruptedException {
    var script = Path.of("src/build/author-repository").toAbsolutePath().toString();
    var process =
        new ProcessBuilder(
                script, version, jar.toString(), folder.toString(), repository.toString())
            .redirectErrorStream(true)
            .start();
    var text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(repository)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> repository.relativize(file).toString())
          .filter(file -> !file.endsWith(".sha1"))
          .sorted()
          .toList();
    }
  }

  @Test
  void aReleaseHasPlainNamesAndChecksums() throws Exception {
    make("1.2.3");
    assertThat(files())
        .containsExactly(
            "io/longline/longline/1.2.3/longline-1.2.3.pom",
            PLUGIN_API + "1.2.3/plugin-api-1.2.3.jar",
            PLUGIN_API + "1.2.3/plugin-api-1.2.3.pom");
    assertThat(repository.resolve(PLUGIN_API + "1.2.3/plugin-api-1.2.3.jar")).hasContent("the jar");
    assertThat(repository.resolve(PLUGIN_API + "1.2.3/plugin-api-1.2.3.jar.sha1"))
        .content()
        .matches("[0-9a-f]{40}\n");
  }

  @Test
  void aSnapshotHasTheTimeInItsNamesUntilSomethingChanges() throws Exception {
    make("1.2.3-SNAPSHOT");
    var metadata = repository.resolve(PLUGIN_API + "1.2.3-SNAPSHOT/maven-metadata.xml");
    assertThat(files())
        .hasSize(5)
        .anyMatch(
            file ->
                file.matches(
                    PLUGIN_API + "1.2.3-SNAPSHOT/plugin-api-1.2.3-\\d{8}\\.\\d{6}-1\\.jar"));
    var before = Instant.parse("2020-01-01T00:00:00Z");
    Files.setLastModifiedTime(metadata, FileTime.from(before));

    make("1.2.3-SNAPSHOT");
    assertThat(Files.getLastModifiedTime(metadata).toInstant()).isEqualTo(before);

    Files.writeString(jar, "a newer jar");
    make("1.2.3-SNAPSHOT");
    assertThat(Files.getLastModifiedTime(metadata).toInstant()).isAfter(before);
    assertThat(files()).hasSize(5);
  }

  @Test
  void takesSourcesUnlessTheyAreOlderThanTheJar() throws Exception {
    var sources = Files.writeString(jar.resolveSibling("plugin-api-sources.jar"), "the sources");
    make("1.2.3");
    assertThat(files()).contains(PLUGIN_API + "1.2.3/plugin-api-1.2.3-sources.jar");

    Files.setLastModifiedTime(sources, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    make("1.2.3");
    assertThat(files()).hasSize(3);
  }

  @Test
  void anotherVersionTakesThePlaceOfTheFirst() throws Exception {
    make("1.2.3");
    make("1.2.4");
    assertThat(files()).hasSize(3).allMatch(file -> file.contains("/1.2.4/"));
  }
}
