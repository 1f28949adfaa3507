package io.longline.host.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PositionedFileTest {

  @TempDir Path folder;

  private FileChannel open() throws IOException {
    return FileChannel.open(
        folder.resolve("file"),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  private static void write(PositionedFile file, String text) throws IOException {
    file.write(text.getBytes(UTF_8), 0, text.length());
  }

  @Test
  void writesAndReadsAtItsPosition() throws Exception {
    try (var file = new PositionedFile(open(), this::open)) {
      write(file, "abcdef");
      file.seek(2);
      write(file, "XY");
      assertThat(file.position()).isEqualTo(4);
      file.seek(1);
      var bytes = new byte[3];
      assertThat(file.read(bytes, 0, 3)).isEqualTo(3);
      assertThat(new String(bytes, UTF_8)).isEqualTo("bXY");
      file.truncate(5);
      assertThat(file.length()).isEqualTo(5);
      file.seek(5);
      assertThat(file.read(bytes, 0, 3)).isEqualTo(-1);
      file.force();
    }
    assertThat(folder.resolve("file")).hasContent("abXYe");
  }

  @Test
  void anInterruptOfTheThreadNeitherClosesTheFileNorIsForgotten() throws Exception {
    try (var file = new PositionedFile(open(), this::open)) {
      Thread.currentThread().interrupt();
      write(file, "abc");
      write(file, "def");
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(folder.resolve("file")).hasContent("abcdef");
  }

  /** A channel that an interrupt has closed in the middle of a write. */
  @Test
  void aWriteThatAnInterruptEndsIsMadeAgainInTheFileOpenedAgain() throws Exception {
    var writer = new Thread[1];
    var opened = new int[1];
    try (var file =
        new PositionedFile(
            open(),
            () -> {
              opened[0]++;
              return open();
            })) {
      writer[0] = Thread.currentThread();
      var interrupting =
          new Thread(
              () -> {
                for (int i = 0; i < 200_000 && opened[0] == 0; i++) {
                  writer[0].interrupt();
                }
              });
      interrupting.start();
      int lines = 0;
      while (interrupting.isAlive()) {
        write(file, "0123456789\n");
        lines++;
      }
      interrupting.join();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(file.length()).isEqualTo(11L * lines);
    } finally {
      Thread.interrupted();
    }
  }
}
