package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Seeded mutants of logs: cut, flipped, spliced, repeated. The reader throws only the documented
 * exceptions, does not hang, and uses bounded memory: CI runs this in a heap of 64 MB.
 */
@Tag("slow")
class FuzzTest {

  private static final int MUTANTS = 100_000;
  private static final int MAX_SEED_BYTES = 20_000;
  private static final int MAX_ROW_BYTES = 1024 * 1024;

  private static final LogWriter TSV = writer(TsvFormat.ZEEK);
  private static final LogWriter JSON = writer(JsonFormat.ZEEK);

  private static LogWriter writer(LogFormat format) {
    var schema = LogSchema.builder("copy").field("x", "string").format(format).build();
    return LogWriter.rowsTo(OutputStream.nullOutputStream(), schema);
  }

  private static final List<String> OWN_SEEDS =
      List.of(
          "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tx\n#fields\tts\ta\tn\ts\n#types\ttime\taddr\tcount\tset[string]\n1.5\t::1\t7\ta,b\n#close\t2024-01-01-00-00-00\n",
          "{\"ts\":1.5,\"a\":\"::1\",\"n\":[1,null,\"x\\u00e4\"],\"o\":{\"x\":1}}\n{\"ts\":\"2024-01-01T00:00:00.1Z\"}\n",
          "#separator ||\n#fields||a||b\n#types||vector[subnet]||interval\n10.0.0.0/8||-0.1\n");

  @Test
  void noMutantHarmsTheReader() throws IOException {
    if ("true".equals(System.getenv("CI"))) {
      assertThat(Runtime.getRuntime().maxMemory()).as("-Dtest.heap=-Xmx64m").isLessThan(80_000_000);
    }
    var seeds = seeds();
    long rows = 0;
    int readable = 0;
    for (int i = 0; i < MUTANTS; i++) {
      var random = new SplittableRandom(i);
      var mutant = mutate(seeds, random);
      long found = read(mutant, random, i);
      rows += found;
      readable += found > 0 ? 1 : 0;
    }
    assertThat(readable).as("mutants that still have rows").isGreaterThan(MUTANTS / 4);
    assertThat(rows).isGreaterThan(MUTANTS);
  }

  /** The smaller logs of the corpus, and some of our own. */
  private static List<byte[]> seeds() throws IOException {
    var seeds = new ArrayList<byte[]>();
    OWN_SEEDS.forEach(seed -> seeds.add(seed.getBytes(UTF_8)));
    for (var file : Corpus.require().files()) {
      if (Files.size(file) <= MAX_SEED_BYTES) {
        seeds.add(Files.readAllBytes(file));
      }
    }
    return seeds;
  }

  private static byte[] mutate(List<byte[]> seeds, SplittableRandom random) {
    var bytes = seeds.get(random.nextInt(seeds.size())).clone();
    for (int steps = 1 + random.nextInt(4); steps > 0 && bytes.length > 0; steps--) {
      bytes =
          switch (random.nextInt(5)) {
            case 0 -> slice(bytes, 0, random.nextInt(bytes.length));
            case 1 -> flip(bytes, random);
            case 2 -> splice(bytes, seeds.get(random.nextInt(seeds.size())), random);
            case 3 -> repeat(bytes, random);
            default -> slice(bytes, random.nextInt(bytes.length), bytes.length);
          };
    }
    return bytes;
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  private static byte[] flip(byte[] bytes, SplittableRandom random) {
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static byte[] splice(byte[] bytes, byte[] other, SplittableRandom random) {
    int at = random.nextInt(bytes.length);
    int from = other.length == 0 ? 0 : random.nextInt(other.length);
    var spliced = new byte[at + other.length - from];
    System.arraycopy(bytes, 0, spliced, 0, at);
    System.arraycopy(other, from, spliced, at, other.length - from);
    return spliced;
  }

  private static byte[] repeat(byte[] bytes, SplittableRandom random) {
    int from = random.nextInt(bytes.length);
    int length = Math.min(1 + random.nextInt(200), bytes.length - from);
    int times = 1 + random.nextInt(20);
    var repeated = new byte[bytes.length + length * times];
    System.arraycopy(bytes, 0, repeated, 0, from);
    for (int i = 0; i <= times; i++) {
      System.arraycopy(bytes, from, repeated, from + i * length, length);
    }
    System.arraycopy(
        bytes, from + length, repeated, from + (times + 1) * length, bytes.length - from - length);
    return repeated;
  }

  private static long read(byte[] mutant, SplittableRandom random, int seed) {
    var builder =
        LogReader.builder("mutant " + seed, new ByteArrayInputStream(mutant))
            .maxRowBytes(MAX_ROW_BYTES);
    if (random.nextInt(3) == 0) {
      builder.fields("ts", "uid", "id.orig_h", "nope");
    }
    if (random.nextInt(20) == 0) {
      builder.namesInFirstLine();
    }
    try (var reader = builder.open()) {
      for (var record = reader.next(); record != null; record = reader.next()) {
        for (int i = 0; i < record.size(); i++) {
          touch(record, i, random);
        }
      }
      var report = reader.report();
      assertThat(report.rows()).isNotNegative();
      return report.rows();
    } catch (IOException | RuntimeException e) {
      throw new AssertionError("mutant " + seed, e);
    }
  }

  /** An accessor either returns a value or says that the cell has none of its type. */
  private static void touch(LogRecord record, int column, SplittableRandom random) {
    try {
      switch (random.nextInt(12)) {
        case 0 -> record.integer(column, 0);
        case 1 -> record.time(column);
        case 2 -> record.interval(column);
        case 3 -> record.address(column);
        case 4 -> record.subnet(column);
        case 5 -> record.strings(column);
        case 6 -> record.string(column);
        case 7 -> record.bytes(column);
        case 8 -> record.real(column);
        case 9 -> record.bool(column);
        default -> copy(record, column);
      }
    } catch (ZeekFormatException e) {
      assertThat(e.line()).isPositive();
    }
  }

  private static void copy(LogRecord record, int column) {
    var row = (record.line() % 2 == 0 ? TSV : JSON).row();
    try {
      row.copy(record, column);
    } catch (IllegalArgumentException e) {
      // The column has another type.
      assertThat(e).hasMessageContaining("of another type was written to the column");
    } finally {
      row.cancel();
    }
  }
}
