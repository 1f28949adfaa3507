package io.longline.plugins.failing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.ExtractedFiles;
import io.longline.api.LogDirectory;
import io.longline.api.testing.RecordingContext;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingHookTest {

  private final FailingHook hook = new FailingHook();
  private final RecordingContext context =
      new RecordingContext(Clock.systemUTC(), ExtractedFiles.none());

  @Test
  void failsAtBothSites(@TempDir Path folder) throws Exception {
    var logs = LogDirectory.of(folder);
    assertThatThrownBy(() -> hook.process(logs, context)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> hook.exit(context)).isInstanceOf(AssertionError.class);
    assertThat(context.warnings()).hasSize(1);
  }
}
