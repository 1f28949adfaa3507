package io.longline.host.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.HookWarning;
import io.longline.api.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarningFileTest {

  @TempDir Path folder;

  private static HostEvent remark(String message) {
    return new HostEvent.HookWarned(
        new HookWarning(
            Instant.EPOCH,
            "p",
            "1",
            "p/H",
            Site.EXIT,
            null,
            1,
            HookWarning.Kind.REMARK,
            null,
            message,
            "",
            "next"));
  }

  @Test
  void textThatUtf8CannotRepresentDoesNotEndTheFile() throws IOException {
    var file = folder.resolve("warnings.jsonl");
    try (var warnings = new WarningFile(file, Clock.systemUTC())) {
      assertThat(file).doesNotExist();
      warnings.accept(remark("half of one: \ud83d"));
      warnings.accept(remark("line\nfeed ä"));
    }
    assertThat(Files.readAllLines(file))
        .hasSize(2)
        .allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    assertThat(Files.readAllLines(file).get(1)).contains("line\\nfeed ä");
  }

  @Test
  void aFailureToWriteIsReportedOnClosing() throws IOException {
    var warnings = new WarningFile(Files.createDirectory(folder.resolve("x")), Clock.systemUTC());
    warnings.accept(remark("lost"));
    assertThatThrownBy(warnings::close)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Not all warnings");
  }
}
