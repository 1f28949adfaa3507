package io.longline.zeek;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Reads hostile logs as a host does, and prints how long each took; to be run in a JVM with a small
 * heap. Confined to the main thread.
 */
final class BudgetProbe {

  private static final int MAX_ROW_BYTES = 1024 * 1024;
  private static final int MAX_TOUCHED = 4;

  private BudgetProbe() {}

  /**
   * Reads logs of all shapes, of random sizes.
   *
   * @param arguments the first seed, and the number of seeds
   */
  @SuppressWarnings("SystemOut") // The test reads it.
  public static void main(String[] arguments) throws IOException {
    long first = Long.parseLong(arguments[0]);
    for (long seed = first; seed < first + Long.parseLong(arguments[1]); seed++) {
      for (int shape = 0; shape < HostileLogs.SHAPES; shape++) {
        var random = new SplittableRandom(seed * 1_000 + shape);
        var log = HostileLogs.of(shape, 100_000 + random.nextInt(900_000), random);
        long start = System.nanoTime();
        readAll(log, random);
        long millis = (System.nanoTime() - start) / 1_000_000;
        long bytes = log.bytes().length + log.plainBytes();
        System.out.println(seed + "\t" + bytes + "\t" + millis + "\t" + log.name());
      }
    }
  }

  private static void readAll(HostileLogs log, SplittableRandom random) throws IOException {
    try (var reader = builder(log, random).open()) {
      for (var record = reader.next(); record != null; record = reader.next()) {
        touch(record);
      }
      reader.report();
    }
    try (var reader = builder(log, random).open()) {
      readBlocks(reader, List.of());
    }
    var wanted = WantedField.allRequired(List.of("ts", "a", "s", "k7", "no_such"));
    try (var reader = builder(log, random).wanted(wanted).open()) {
      readBlocks(reader, wanted);
    }
    try (var reader = builder(log, random).open()) {
      copyAll(reader);
    }
  }

  private static LogReader.Builder builder(HostileLogs log, SplittableRandom random) {
    var in = new ByteArrayInputStream(log.bytes());
    return LogReader.builder(log.name(), random.nextBoolean() ? in : drops(in, random))
        .maxRowBytes(MAX_ROW_BYTES);
  }

  private static InputStream drops(InputStream in, SplittableRandom random) {
    int most = 100 + random.nextInt(10_000);
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, Math.min(length, most));
      }
    };
  }

  private static void readBlocks(LogReader reader, List<WantedField> fields) throws IOException {
    var part = reader.part(fields);
    var block = reader.block(2_048);
    while (block.next()) {
      for (int i = 0; i < block.size(); i++) {
        part.of(block, i);
      }
    }
    reader.missing(part);
    reader.report();
  }

  private static void touch(LogRecord record) {
    record.path();
    for (int i = 0; i < Math.min(record.size(), MAX_TOUCHED); i++) {
      int column = i;
      read(() -> record.integer(column, 0));
      read(() -> record.time(column));
      read(() -> record.real(column));
      read(() -> record.address(column));
      read(() -> record.strings(column));
      read(() -> record.subnet(column));
      read(() -> record.bytes(column));
      read(() -> record.string(column));
    }
  }

  private static void read(Runnable accessor) {
    try {
      accessor.run();
    } catch (ZeekFormatException e) {
      // The cell has another type.
    }
  }

  /** Copies each row into a TSV and into a JSON log. */
  private static void copyAll(LogReader reader) throws IOException {
    var writers = List.of(writer(TsvFormat.ZEEK), writer(JsonFormat.ZEEK));
    reader.forEach(
        record -> {
          for (int i = 0; i < Math.min(record.size(), 2); i++) {
            for (var writer : writers) {
              copy(writer, record, i);
            }
          }
        });
  }

  private static LogWriter writer(LogFormat format) {
    var schema = LogSchema.builder("copy").field("x", "string").format(format).build();
    return LogWriter.rowsTo(OutputStream.nullOutputStream(), schema);
  }

  private static void copy(LogWriter writer, LogRecord record, int column) {
    var row = writer.row();
    try {
      row.text(record.string(column));
    } finally {
      row.cancel();
    }
  }
}
