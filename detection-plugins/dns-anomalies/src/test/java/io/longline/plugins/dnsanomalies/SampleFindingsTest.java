package io.longline.plugins.dnsanomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.longline.api.Finding;
import io.longline.api.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample logs in which detections find something. */
class SampleFindingsTest {

  private static final Path CHECKOUT =
      Path.of(System.getProperty("longline.checkout", "../..")).toAbsolutePath();

  private static final Path SAMPLE = CHECKOUT.resolve("example-plugins/sample-findings/logs");

  @TempDir Path folder;

  @Test
  void haveATunnelAndGeneratedDomains() throws Exception {
    var tester = Testers.withDefaults();
    for (var directory : directories(SAMPLE)) {
      tester.process(directory);
    }
    tester.closeWindows();
    assertThat(tester.written("dns_anomalies/2026-01-14T00-24h"))
        .singleElement()
        .asString()
        .contains("\tfile-share.example\t240\t240\t1\t10.20.0.12\t", "\tTXT=240\t");
    assertThat(tester.findings())
        .extracting(Finding::rule, Finding::severity, Finding::source, Finding::name)
        .containsOnly(
            tuple("dns-tunnel", Severity.HIGH, "10.20.0.12", "file-share.example"),
            tuple("generated-domains", Severity.HIGH, "10.20.0.17", null));
  }

  private static List<Path> directories(Path parent) throws IOException {
    try (var directories = Files.list(parent)) {
      return directories.sorted().toList();
    }
  }

  /** So it is clear where the logs come from. */
  @Test
  void areWhatTheirProgramWrites() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var program = CHECKOUT.resolve("benchmarks/SampleFindings.java").toString();
    var process = new ProcessBuilder(java, program, folder.toString()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
    assertThat(texts(folder)).hasSize(14).isEqualTo(texts(SAMPLE));
  }

  private static Map<String, String> texts(Path parent) throws IOException {
    var texts = new TreeMap<String, String>();
    for (var directory : directories(parent)) {
      for (var file : directories(directory)) {
        texts.put(parent.relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }
}
