package io.longline.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record hook in Kotlin, built by a Maven project of its own. */
@Tag("slow")
class KotlinPluginTest {

  @TempDir Path folder;

  @Test
  void aRecordHookInKotlinWorks() throws Exception {
    var longline = Installation.in(folder);
    var project = folder.resolve("kotlin-queries");
    Installation.copy(
        Checkout.root().resolve("acceptance-tests/src/test/resources/kotlin-plugin"), project);
    var made = Checkout.json(longline.run(folder, List.of("longline new-plugin other --json")));
    var pom = project.resolve("pom.xml");
    Files.writeString(
        pom,
        Files.readString(pom)
            .replace("file:///opt/longline/repository", made.get("repository").asText())
            .replace(">0.1.0</longline", ">" + made.get("api_version").asText() + "</longline"));

    longline.run(
        project,
        List.of(
            "mvn -q -B verify",
            "longline plugins install target/kotlin-queries-1.0.0.jar",
            "longline run --output out " + Checkout.sampleLogs()));

    assertThat(Files.readAllLines(project.resolve("out/queries.log")))
        .hasSizeGreaterThan(20)
        .allMatch(line -> line.matches("[0-9a-f.:]+ \\S+"));
  }
}
