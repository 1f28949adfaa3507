package io.longline.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class StreamsTest {

  @Test
  void logLinesAreHandedOnWholeWhateverThePieces() {
    var lines = new ArrayList<String>();
    var out = new PrintStream(new LogLines(lines::add), true, UTF_8);
    out.print("one");
    out.println(" line");
    out.print("zwei ä\r\nthree");
    assertThat(lines).containsExactly("one line", "zwei ä");
    out.println("x".repeat(20_000));
    assertThat(lines).hasSize(5).allMatch(line -> line.length() <= 8 * 1024);
  }

  @Test
  void aLastLineWithoutEndIsHandedOnAtTheEnd() {
    var lines = new ArrayList<String>();
    var log = new LogLines(lines::add);
    new PrintStream(log, true, UTF_8).print("no end");
    assertThat(lines).isEmpty();
    log.handOnRest();
    log.handOnRest();
    assertThat(lines).containsExactly("no end");
  }

  @Test
  void linesGoAboveTheStatus() {
    var bytes = new ByteArrayOutputStream();
    var out = new StatusLineStream(bytes);
    out.println("before");
    out.status("50 %");
    out.println("a message");
    out.clearStatus();
    out.clearStatus();
    assertThat(bytes.toString(UTF_8))
        .isEqualTo("before\n\r\033[K50 %\r\033[Ka message\n\r\033[K".replace("\033", "\u001b"));
  }
}
