package io.longline.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallLogTest {

  @TempDir Path folder;

  private static SmallLog with(SmallLog log) {
    return log.field("ts", "time").field("took", "interval").field("hosts", "set[addr]");
  }

  @Test
  void writesTypedRowsAsZeekDoes() throws IOException {
    var log =
        with(SmallLog.tsv("t"))
            .row(Instant.EPOCH, Duration.ofMillis(5), List.of(InetAddress.getByName("10.0.0.1")))
            .row("2026-04-30T00:00:00Z", 2, null)
            .row(0.25, 0.5, List.of())
            .line("cut");
    assertThat(Files.readAllLines(log.writeTo(folder)))
        .containsExactly(
            "#separator \\x09",
            "#set_separator\t,",
            "#empty_field\t(empty)",
            "#unset_field\t-",
            "#path\tt",
            "#open\t1970-01-01-00-00-00",
            "#fields\tts\ttook\thosts",
            "#types\ttime\tinterval\tset[addr]",
            "0.000000\t0.005000\t10.0.0.1",
            "1777507200.000000\t2.000000\t-",
            "0.250000\t0.500000\t(empty)",
            "cut",
            "#close\t1970-01-01-00-00-00");
  }

  @Test
  void writesJsonWithoutUnsetCells() throws IOException {
    var log = with(SmallLog.json("t")).row(0, null, List.of("10.0.0.1"));
    assertThat(log.writeTo(folder, "t.00.log"))
        .hasFileName("t.00.log")
        .content()
        .isEqualTo("{\"ts\":0.0,\"hosts\":[\"10.0.0.1\"]}\n");
  }

  @Test
  void refusesValuesThatDoNotFit() {
    var log = with(SmallLog.tsv("t"));
    assertThatThrownBy(() -> log.row(0, 0)).hasMessageContaining("2 values for the 3 columns");
    assertThatThrownBy(() -> log.row("noon", 0, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The String noon does not fit the column ts, which has the type time.");
    assertThatThrownBy(() -> log.row(0, "long", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> log.row(0, 0, "10.0.0.1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SmallLog.tsv("t").field("host", "addr").row("example.org"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("which has the type addr");
    assertThat(log.row(0, 0, List.of())).as("a good row after bad ones").isSameAs(log);
    assertThatThrownBy(() -> log.field("late", "string")).isInstanceOf(IllegalStateException.class);
  }
}
