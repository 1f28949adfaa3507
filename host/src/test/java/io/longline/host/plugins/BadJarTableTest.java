package io.longline.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BadJarTableTest {

  @Test
  void thePageIsUpToDate() throws Exception {
    assertThat(Path.of("../docs/bad-jars.md"))
        .as("generate the page again with: benchmarks/bad-jars > docs/bad-jars.md")
        .hasContent(BadJarTable.page());
  }
}
