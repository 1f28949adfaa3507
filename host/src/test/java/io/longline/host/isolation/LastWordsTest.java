package io.longline.host.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.settings.SecretMask;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LastWordsTest {

  private static final String SECRET = "hunter2-hunter2-hunter2";

  private final List<String> logged = new ArrayList<>();
  private final List<String> hooks = new ArrayList<>();
  private final LastWords words =
      new LastWords(
          "p",
          (hook, line) -> {
            hooks.add(hook);
            logged.add(line);
          },
          new SecretMask(List.of(SECRET))::masked);

  private void print(String text) {
    words.readAll(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  @Test
  void everyLineIsPassedOnAndKept() {
    print("one\r\n\ntwo  \nGrüße");
    assertThat(logged).containsExactly("one", "two", "Grüße");
    assertThat(words.text()).isEqualTo("one\ntwo\nGrüße");
  }

  @Test
  void aLineWithTheMarkOfAHookIsPassedOnAsThatHooks() {
    print("\u0001p/One\u0001first\nplain\n\u0001other/Two\u0001forged\n\u0001p/One\u0001\n");
    assertThat(hooks).containsExactly("p/One", "p", "p");
    assertThat(logged).startsWith("first", "plain");
    assertThat(words.text()).startsWith("first\nplain\n");
  }

  @Test
  void onlyTheLastLinesAreKept() {
    print(IntStream.rangeClosed(1, 30).mapToObj(i -> i + "\n").collect(Collectors.joining()));
    assertThat(logged).hasSize(30);
    assertThat(words.text().lines()).hasSize(25).startsWith("6").endsWith("30");
  }

  @Test
  void aLongLineIsCut() {
    print("x".repeat(2_000) + "\n" + "y".repeat(100_000) + "\nz");
    assertThat(logged).containsExactly("x".repeat(2_000), "y".repeat(2_000) + "…", "z");
  }

  @Test
  void secretsAreMaskedBeforeALineIsCut() {
    print("x".repeat(1_990) + SECRET + "\n" + "y".repeat(3_990) + SECRET);
    assertThat(logged).hasSize(2).noneMatch(line -> line.contains("hunter"));
    assertThat(words.text()).doesNotContain("hunter");
  }

  @Test
  void noPartOfASecretIsLeftWhereALineOfLongCharactersIsCut() {
    print("日".repeat(1_330) + SECRET + "日".repeat(1_000));
    assertThat(logged).hasSize(1).noneMatch(line -> line.contains("hunter"));
    assertThat(logged.get(0)).startsWith("日日日").endsWith("…");
  }

  @Test
  void noPartOfASecretIsLeftWhereMasksHaveMadeALineShorter() {
    print("x" + SECRET.repeat(1_000));
    assertThat(logged).hasSize(1).noneMatch(line -> line.contains("hunter"));
  }

  @Test
  void moreThanAMegabyteIsKeptButNotPassedOn() {
    int lines = 2_000;
    print(("z".repeat(999) + "\n").repeat(lines) + "the end\n");
    assertThat(logged).hasSizeLessThan(lines);
    assertThat(logged.stream().mapToInt(line -> line.length() + 1).sum())
        .isBetween(1_000_000, 1_001_000);
    assertThat(logged.get(logged.size() - 1))
        .isEqualTo("It prints more than a megabyte; the rest is left out.");
    assertThat(words.text()).endsWith("\nthe end");
  }

  @Test
  void whatWasPrintedBeforeTheStreamBrokeIsKept() {
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("gone");
          }
        };
    words.readAll(
        new SequenceInputStream(new ByteArrayInputStream("one\ntw".getBytes(UTF_8)), broken));
    assertThat(logged).containsExactly("one", "tw");
  }
}
