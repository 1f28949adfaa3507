package io.longline.plugins.failing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.testing.HookTester;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingHookTest {

  private final HookTester tester = HookTester.of(new FailingHook());

  @Test
  void failsAtBothSites(@TempDir Path folder) {
    assertThatThrownBy(() -> tester.process(folder)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(tester::exit).isInstanceOf(AssertionError.class);
    assertThat(tester.remarks()).hasSize(1);
    assertThat(tester.written("never")).isEmpty();
  }
}
