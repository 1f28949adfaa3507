package io.longline.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathLinesTest {

  private final List<String> rejected = new ArrayList<>();

  private List<String> lines(InputStream in) throws IOException {
    var lines = new PathLines(in, (path, reason) -> rejected.add(path));
    var found = new ArrayList<String>();
    for (var line = lines.next(); line != null; line = lines.next()) {
      found.add(line);
    }
    return found;
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  @Test
  void endsLinesAtEachLineBreakAndAtTheEnd() throws IOException {
    assertThat(lines(bytes("a\n\n \r\nb c\r\nd\re"))).containsExactly("a", "b c", "d", "e");
    assertThat(rejected).isEmpty();
  }

  @Test
  void skipsALineThatIsTooLong() throws IOException {
    var longest = "x".repeat(PathLines.MAX_CHARACTERS);
    assertThat(lines(bytes("a\n" + longest + "\n" + longest + "y\nb\n" + longest + "y")))
        .containsExactly("a", longest, "b");
    assertThat(rejected).hasSize(2).allMatch(path -> path.length() < 100);
  }

  /** More bytes than a string can have. */
  @Test
  void aLineThatHardlyEndsDoesNotFillTheMemory() throws IOException {
    var endless =
        new InputStream() {
          private long left = (1L << 31) + 100_000;

          @Override
          public int read() {
            return left-- > 0 ? 0 : -1;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            left -= length;
            return left > 0 ? length : -1;
          }
        };
    assertThat(lines(endless)).isEmpty();
    assertThat(rejected).hasSize(1);
  }
}
