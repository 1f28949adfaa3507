package io.longline.plugins.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.Finding.Severity;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZeekFormatTest {

  private static final String HEADER =
      "#fields\tindicator\tindicator_type\tmeta.source\tmeta.do_notice\tmeta.if_in\tmeta.whitelist\n";

  @TempDir Path folder;

  private Sample sample;

  @BeforeEach
  void makeSample() throws Exception {
    sample = new Sample(folder);
    sample.log("conn", "proto", "enum", "tcp");
  }

  private Severity severity(String notice, String where) throws Exception {
    sample.feed(HEADER + "192.0.2.1\tIntel::ADDR\ta\t" + notice + "\t" + where + "\tF\n");
    return sample.process().findings().get(0).severity();
  }

  @Test
  void anywhereIsEverywhere() throws Exception {
    assertThat(severity("T", "Intel::IN_ANYWHERE")).isEqualTo(Severity.HIGH);
    assertThat(severity("T", "Conn::IN_ORIG")).isEqualTo(Severity.MEDIUM);
  }

  @Test
  void booleansMayBeNumbers() throws Exception {
    assertThat(severity("1", "-")).isEqualTo(Severity.HIGH);
    assertThat(severity("0", "-")).isEqualTo(Severity.MEDIUM);
    sample.feed(HEADER + "192.0.2.1\tIntel::ADDR\ta\tF\t-\t1\n10.0.0.1\tIntel::ADDR\ta\tF\t-\t0\n");
    assertThat(sample.seen()).containsExactly("10.0.0.1 Conn::IN_ORIG");
  }
}
