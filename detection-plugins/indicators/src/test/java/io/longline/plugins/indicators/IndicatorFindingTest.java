package io.longline.plugins.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.Finding;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndicatorFindingTest {

  @TempDir Path folder;

  @Test
  void anAddressIsTheNameUnlessItIsAnEnd() throws Exception {
    var sample = new Sample(folder);
    sample.feed("192.0.2.8\n192.0.2.9\n192.0.2.1\n10.0.0.1\n");
    sample.log("dns", "answers", "vector[string]", "192.0.2.8,192.0.2.9");
    sample.log("conn", "proto", "enum", "tcp");
    sample.log("http", "host", "string", "192.0.2.1", "192.0.2.8");
    assertThat(sample.process().findings().stream().map(Finding::name))
        .containsExactlyInAnyOrder("192.0.2.8", "192.0.2.9", null, null, null, "192.0.2.8");
  }
}
