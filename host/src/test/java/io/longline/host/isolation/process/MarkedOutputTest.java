package io.longline.host.isolation.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.plugins.HookThread;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MarkedOutputTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(new MarkedOutput(bytes), true, UTF_8);

  @AfterEach
  void leave() {
    HookThread.leave();
  }

  private String printed() {
    return bytes.toString(UTF_8).replace('\u0001', '|');
  }

  @Test
  void eachLineOfAHookIsMarked() {
    out.println("before");
    HookThread.enter("p");
    out.println("loading");
    HookThread.enter("p/One");
    out.print("ä");
    out.print("b\nc\n\n");
    HookThread.leave();
    out.println("after");
    assertThat(printed()).isEqualTo("before\nloading\n|p/One|äb\n|p/One|c\n|p/One|\nafter\n");
  }

  @Test
  void linesOfTwoHooksAreNotMixedAndNothingIsHeldBack() {
    HookThread.enter("p/One");
    out.print("one");
    assertThat(printed()).isEqualTo("|p/One|one");
    HookThread.enter("p/Two");
    out.print("two");
    HookThread.leave();
    out.print("none");
    assertThat(printed()).isEqualTo("|p/One|one\n|p/Two|two\nnone");
  }
}
