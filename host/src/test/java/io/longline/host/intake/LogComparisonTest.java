package io.longline.host.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.longline.host.ledger.FileStamp;
import io.longline.host.ledger.FoundLog;
import io.longline.host.ledger.FoundLog.Likeness;
import io.longline.host.ledger.LogContent;
import io.longline.host.ledger.LogContent.Extent;
import io.longline.host.ledger.RecordedLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogComparisonTest {

  private static final int SHORT = 3;

  /** More rows than a head has. */
  private static final int LONG = 20_000;

  private static final int CUT_BYTES = 4096;

  @TempDir Path folder;

  private final List<RecordedLog> recorded = new ArrayList<>();

  private static String rows(String name, int count) {
    var text = new StringBuilder("#path\tconn\n#fields\tuid\n#types\tstring\n");
    for (int i = 0; i < count; i++) {
      text.append(name).append(i).append('\n');
    }
    return text.toString();
  }

  private void write(String name, String text) throws IOException {
    Files.write(folder.resolve(name), packed(name, text));
  }

  private static byte[] packed(String name, String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = packing(name, bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static OutputStream packing(String name, OutputStream out) throws IOException {
    if (name.endsWith(".gz")) {
      return new GZIPOutputStream(out);
    }
    return name.endsWith(".zst") ? new ZstdOutputStream(out) : out;
  }

  private FoundLog compare(String name) throws IOException {
    var file = FileStamp.of(folder.resolve(name));
    return new LogComparison(folder, recorded, () -> false).of(List.of(file)).get(0);
  }

  /** Takes a log as the ledger does. */
  private LogContent take(String name) throws IOException {
    var found = compare(name);
    recorded.add(found.log());
    return found.log().content();
  }

  @ParameterizedTest
  @CsvSource({
    "3, conn.log, conn.log.gz",
    "3, conn.log, conn.log.zst",
    "3, conn.log.gz, conn-26-11-20_10.00.00.log",
    "20000, conn.log, conn.log.gz",
    "20000, conn.log, conn.log.zst",
    "20000, conn.log, conn-26-11-20_10.00.00.log",
    "20000, conn.log.gz, conn.log.zst",
    "20000, conn.log.gz, conn.log",
    "20000, conn.log.gz, conn.10:00:00-11:00:00.log.gz",
    "20000, conn.log.zst, conn.log.gz",
    "20000, conn.log.zst, conn.log"
  })
  void recognizesALogThatWasRenamedOrCompressed(int count, String before, String now)
      throws IOException {
    write(before, rows("C", count));
    take(before);
    Files.delete(folder.resolve(before));
    write(now, rows("C", count));
    assertThat(compare(now))
        .satisfies(
            log -> {
              assertThat(log.likeness()).isEqualTo(Likeness.SAME);
              assertThat(log.other()).isEqualTo(before);
              assertThat(log.log().content()).isEqualTo(recorded.get(0).content());
            });
  }

  @Test
  void recognizesALogThroughSeveralCompressions() throws IOException {
    write("conn.log", rows("C", LONG));
    write("conn.log.gz", rows("C", LONG));
    write("conn.log.zst", rows("C", LONG));
    take("conn.log");
    Files.delete(folder.resolve("conn.log"));
    take("conn.log.gz");
    assertThat(compare("conn.log.zst").likeness()).isEqualTo(Likeness.SAME);
  }

  /** Each differs from the first in one byte, or has one row more or less. */
  @ParameterizedTest
  @ValueSource(strings = {"conn.1.log", "conn.log.gz", "conn.log.zst"})
  void anyDifferenceMakesAnotherLog(String name) throws IOException {
    var text = rows("C", LONG);
    write("conn.log", text);
    take("conn.log");
    int middle = text.length() / 2;
    write(name, text.substring(0, middle) + "x" + text.substring(middle + 1));
    assertThat(compare(name).likeness()).as("in the middle").isEqualTo(Likeness.NEW);
    write(name, text.substring(0, text.length() - 2) + "x\n");
    assertThat(compare(name).likeness()).as("in the last row").isEqualTo(Likeness.NEW);
    write(name, text.substring(0, text.lastIndexOf('C')));
    assertThat(compare(name).likeness()).as("shorter").isEqualTo(Likeness.NEW);
    write(name, text + "C\n");
    assertThat(compare(name).likeness()).as("longer").isEqualTo(Likeness.LONGER);
    write(name, rows("D", LONG));
    assertThat(compare(name).likeness()).as("other rows").isEqualTo(Likeness.NEW);
  }

  @ParameterizedTest
  @CsvSource({"3, NEW", "20000, NEW"})
  void aNameThatComesBackWithOtherContentIsANewLog(int count, Likeness likeness)
      throws IOException {
    write("conn.log", rows("C", count));
    take("conn.log");
    Files.delete(folder.resolve("conn.log"));
    write("conn.log", rows("D", count + 1));
    assertThat(compare("conn.log").likeness()).isEqualTo(likeness);
    assertThat(compare("conn.log").other()).isEmpty();
  }

  @Test
  void aLogThatHasGrownIsLikeItself() throws IOException {
    write("conn.log", rows("C", SHORT));
    take("conn.log");
    Files.writeString(folder.resolve("conn.log"), "C9\n", StandardOpenOption.APPEND);
    assertThat(compare("conn.log"))
        .satisfies(
            log -> {
              assertThat(log.likeness()).isEqualTo(Likeness.LONGER);
              assertThat(log.other()).isEqualTo("conn.log");
            });
  }

  @Test
  void aFileThatIsEmptiedAndWrittenAgainIsReported() throws IOException {
    write("conn.log", rows("C", SHORT));
    Files.setLastModifiedTime(
        folder.resolve("conn.log"),
        FileTime.fromMillis(
            Files.getLastModifiedTime(folder.resolve("conn.log")).toMillis() + 1_000));
    take("conn.log");
    write("conn.log", rows("D", SHORT));
    assertThat(compare("conn.log").likeness()).isEqualTo(Likeness.EMPTIED);
  }

  @Test
  void aLogWithoutRowsIsLikeNone() throws IOException {
    write("conn.log", rows("C", 0));
    assertThat(take("conn.log")).isEqualTo(LogContent.NO_ROWS);
    write("conn.log.gz", rows("C", 0));
    assertThat(compare("conn.log.gz").likeness()).isEqualTo(Likeness.NEW);
    write("conn.log.gz", rows("C", SHORT));
    assertThat(compare("conn.log.gz").likeness()).isEqualTo(Likeness.NEW);
  }

  /** What a log holds depends on its name if its content does not say. */
  @Test
  void aLogThatDoesNotNameItselfIsAnotherUnderAnotherPath() throws IOException {
    var text = "#fields\tuid\n#types\tstring\nC1\n";
    write("conn.log", text);
    take("conn.log");
    write("dns.log", text);
    write("conn.log.gz", text);
    assertThat(compare("dns.log").likeness()).isEqualTo(Likeness.NEW);
    assertThat(compare("conn.log.gz").likeness()).isEqualTo(Likeness.SAME);
  }

  /** The last bytes of such a file say something of its last member only. */
  @Test
  void aLogInSeveralMembersIsProcessedWithAWarningIfItCannotBeDecided() throws IOException {
    var text = rows("C", LONG);
    int middle = text.length() / 3;
    var bytes = new ByteArrayOutputStream();
    bytes.write(packed("x.gz", text.substring(0, middle)));
    bytes.write(packed("x.gz", text.substring(middle)));
    Files.write(folder.resolve("conn.log.gz"), bytes.toByteArray());
    assertThat(take("conn.log.gz").extent()).isEqualTo(Extent.LAST_MEMBER);
    write("conn.log", text);
    assertThat(compare("conn.log"))
        .satisfies(
            log -> {
              assertThat(log.likeness()).isEqualTo(Likeness.UNCERTAIN);
              assertThat(log.other()).isEqualTo("conn.log.gz");
            });
  }

  /** Copies keep times, whose resolution is coarse, and quotas cut files to one length. */
  @ParameterizedTest
  @ValueSource(strings = {"members", "cut"})
  void anotherFileOfTheSameLengthAndTimeIsNotTheSameLog(String kind) throws IOException {
    var text = rows("C", LONG);
    writeUndecided(kind, "conn.1.log.gz", text);
    writeUndecided(kind, "conn.2.log.gz", text.substring(0, text.length() - 2) + "x\n");
    take("conn.1.log.gz");
    assertThat(compare("conn.2.log.gz").likeness()).isEqualTo(Likeness.UNCERTAIN);
    Files.createLink(folder.resolve("conn.3.log.gz"), folder.resolve("conn.1.log.gz"));
    assertThat(compare("conn.3.log.gz").likeness()).isEqualTo(Likeness.SAME);
    Files.move(folder.resolve("conn.1.log.gz"), folder.resolve("conn.4.log.gz"));
    assertThat(compare("conn.4.log.gz").likeness()).isEqualTo(Likeness.SAME);
  }

  /** A gzip file that is as long for all texts of one length. */
  private static OutputStream stored(OutputStream out) throws IOException {
    return new GZIPOutputStream(out) {
      {
        def.setLevel(Deflater.NO_COMPRESSION);
      }
    };
  }

  /** A damaged file of which no more than the head is known, or one of several members. */
  private void writeUndecided(String kind, String name, String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    if (kind.equals("members")) {
      bytes.write(packed("x.gz", text.substring(0, text.length() - 100)));
      try (var out = stored(bytes)) {
        out.write(text.substring(text.length() - 100).getBytes(StandardCharsets.UTF_8));
      }
    } else {
      var whole = packed("x.gz", text);
      bytes.write(whole, 0, whole.length - CUT_BYTES & ~0xFFF);
    }
    Files.write(folder.resolve(name), bytes.toByteArray());
    Files.setLastModifiedTime(folder.resolve(name), FileTime.fromMillis(1_700_000_000_000L));
  }

  @Test
  void aCompressedNameThatComesBackWithAnotherEndIsANewLog() throws IOException {
    var text = rows("C", LONG);
    write("conn.log.gz", text);
    take("conn.log.gz");
    write("conn.log.gz", text.substring(0, text.length() - 2) + "x\n");
    assertThat(compare("conn.log.gz").likeness()).isEqualTo(Likeness.NEW);
    write("conn.log.gz", text.substring(0, text.lastIndexOf('C')));
    assertThat(compare("conn.log.gz").likeness()).isEqualTo(Likeness.NEW);
  }

  @Test
  void ofALogFromAnOlderLedgerNothingIsKnown() throws IOException {
    write("conn.log", rows("C", SHORT));
    recorded.add(new RecordedLog(new FileStamp("conn.log", 1, 1), LogContent.UNKNOWN));
    assertThat(compare("conn.log").other()).as("changed, or another").isEqualTo("conn.log");
    write("conn.log.gz", rows("C", SHORT));
    assertThat(compare("conn.log.gz").likeness()).isEqualTo(Likeness.NEW);
  }

  @Test
  void readingEndsWhenItIsToldTo() throws IOException {
    write("conn.log", rows("C", LONG));
    var file = FileStamp.of(folder.resolve("conn.log"));
    assertThatThrownBy(() -> new LogComparison(folder, recorded, () -> true).of(List.of(file)))
        .isInstanceOf(InterruptedIOException.class);
  }
}
