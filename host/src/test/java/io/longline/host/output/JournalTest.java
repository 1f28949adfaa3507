package io.longline.host.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  @TempDir Path folder;

  private Journal journal;
  private int appends;

  @BeforeEach
  void open() throws IOException {
    journal = Journal.open(path(), true);
  }

  @AfterEach
  void close() throws IOException {
    journal.close();
  }

  private Path path() {
    return folder.resolve("journal");
  }

  private Part part(String header, String text) throws IOException {
    var staging = new Staging(folder, 256 * 1024);
    staging.write(text.getBytes(UTF_8));
    return new Part(header.getBytes(UTF_8), staging);
  }

  private Append append(String text) throws IOException {
    var part = part("", text);
    long start = journal.position();
    long checksum = journal.append(part);
    return new Append(++appends, "rows.log", 0, part.length(), start, checksum);
  }

  private String read(Append append) throws IOException {
    var bytes = new ByteArrayOutputStream();
    journal.read(append, folder).copyTo(bytes);
    return bytes.toString(UTF_8);
  }

  @Test
  void readsEachAppendAfterReopening() throws Exception {
    var first = append("first\n");
    var second = append("second\n");
    journal.force();
    journal.close();
    journal = Journal.open(path(), true);
    assertThat(read(second)).isEqualTo("second\n");
    assertThat(read(first)).isEqualTo("first\n");
  }

  @Test
  void writesTheHeaderBeforeTheStagedBytes() throws Exception {
    var part = part("#header\n", "row\n");
    long checksum = journal.append(part);
    assertThat(read(new Append(1, "rows.log", 0, part.length(), 0, checksum)))
        .isEqualTo("#header\nrow\n");
  }

  @Test
  void readsAnAppendThatDoesNotFitInMemory() throws Exception {
    var text = "a line of some length\n".repeat(50_000);
    assertThat(read(append(text))).isEqualTo(text);
  }

  @Test
  void overwritesUncommittedBytesAfterRewinding() throws Exception {
    var committed = append("committed\n");
    journal.keep(journal.position());
    append("not committed\n");
    journal.rewind();
    var next = append("next\n");
    assertThat(next.journalPosition()).isEqualTo(committed.length());
    assertThat(read(committed)).isEqualTo("committed\n");
    assertThat(read(next)).isEqualTo("next\n");
  }

  @Test
  void rewindsToAPositionAfterTheCommittedBytes() throws Exception {
    var staged = append("staged\n");
    long end = journal.position();
    append("staged again\n");
    journal.rewindTo(end);
    var last = append("and again\n");
    assertThat(last.journalPosition()).isEqualTo(end);
    assertThat(read(staged)).isEqualTo("staged\n");
  }

  @Test
  void refusesBytesThatHaveChanged() throws Exception {
    var append = append("a row\n");
    try (var file = new RandomAccessFile(path().toFile(), "rw")) {
      file.seek(2);
      file.write('X');
    }
    assertThatThrownBy(() -> read(append))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is damaged: 6 committed bytes for rows.log");
  }

  @Test
  void refusesAnAppendWhoseEndIsMissing() throws Exception {
    var append = append("a row\n");
    try (var file = new RandomAccessFile(path().toFile(), "rw")) {
      file.setLength(append.length() - 1);
    }
    assertThatThrownBy(() -> read(append))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is damaged");
  }

  @Test
  void isEmptyAfterClearing() throws Exception {
    append("a row\n");
    journal.keep(journal.position());
    journal.clear();
    assertThat(Files.size(path())).isZero();
    assertThat(append("next\n").journalPosition()).isZero();
  }
}
