package io.longline.plugins.files;

import io.longline.api.ExitHook;
import io.longline.api.HookContext;
import io.longline.api.Interest;
import io.longline.api.LogDirectory;
import io.longline.api.RecordHook;
import io.longline.api.RecordSink;
import io.longline.zeek.LogRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * Writes one JSON object for each file that Zeek extracted into the daily log {@code info}: its
 * place, its senders and receivers, and its type by its own bytes. The day is that of processing,
 * or that of the record. May be called by any number of threads.
 *
 * <p>The keys are those of BroAPT's hook {@code extracted_files.py}. With {@link
 * ExtractedFilesSettings#packDays} the files of a day are packed into {@code YYYY-MM-DD.tar.gz}
 * when the day is over, and removed.
 */
@Extension
public final class ExtractedFilesHook implements RecordHook, ExitHook {

  /** Made when it is first needed, since that takes a quarter of a second. */
  private @Nullable MimeDetector mimeDetector;

  private final DayPacker packer = new DayPacker();

  @Override
  public String name() {
    return "ExtractedFiles";
  }

  @Override
  public int maxConcurrency() {
    return UNLIMITED;
  }

  @Override
  public Class<? extends Record> settings() {
    return ExtractedFilesSettings.class;
  }

  @Override
  public Interest interest() {
    return Interest.in(FileRow.FILES).ifPresent().andIn(Connections.CONN).ifPresent();
  }

  @Override
  public RecordSink open(LogDirectory logs, HookContext context) throws IOException {
    packDaysBeforeToday(context);
    return new Sink(logs, context);
  }

  /**
   * Takes the records of one batch: the extracted files, then the connections that they came over.
   * Files wait for their connections as long as there is room; the others are written at once.
   */
  private final class Sink implements RecordSink {

    private final LogDirectory logs;
    private final HookContext context;
    private final WaitingFiles waiting = new WaitingFiles();
    private final Connections connections;
    private final DumpedFiles dumped;
    private final Set<Path> toBePacked = new TreeSet<>();
    private final InfoOutput output;
    private final int maxFiles;
    private boolean isInFiles;
    private long files;
    private long filesWithoutWait;

    Sink(LogDirectory logs, HookContext context) {
      this.logs = logs;
      this.context = context;
      this.dumped =
          new DumpedFiles(context.extractedFiles(), ExtractedFilesHook.this::mimeDetector);
      var settings = context.settings(ExtractedFilesSettings.class);
      this.output = new InfoOutput(context, settings.day());
      this.connections = new Connections(settings.day() == OutputDay.RECORD);
      this.maxFiles = settings.maxFiles();
    }

    @Override
    public void begin(String path) {
      isInFiles = path.equals(FileRow.FILES.path());
    }

    @Override
    public void accept(LogRecord record) throws Exception {
      if (!isInFiles) {
        connections.take(record);
      } else if (FileRow.isExtracted(record)) {
        files++;
        if (files <= maxFiles) {
          take(FileRow.of(record));
        }
      }
    }

    private void take(FileRow file) throws Exception {
      if (waiting.add(file)) {
        connections.want(file.connUids());
      } else {
        filesWithoutWait++;
        write(file);
      }
    }

    private void write(FileRow file) throws Exception {
      var dump = dumped.find(file.extracted()).orElse(null);
      var path = dump == null ? null : dump.file();
      var mimeType = dump == null ? null : dump.mimeType();
      output.line(time(file, connections), InfoLine.of(logs, file, connections, path, mimeType));
      if (path != null && isPacking(context)) {
        toBePacked.add(path);
      }
    }

    @Override
    public void finish() throws Exception {
      for (var file : waiting.rows()) {
        write(file);
      }
      if (!toBePacked.isEmpty()) {
        packer.remember(LocalDate.now(context.clock()), context.extractedFiles(), toBePacked);
      }
      if (filesWithoutWait > 0) {
        context.warn(
            "files.log has so many extracted files that %,d are described without their connections."
                .formatted(filesWithoutWait));
      }
      if (files > maxFiles) {
        context.warn(
            "files.log has %,d extracted files; %,d are left out, since the setting max-files is %d."
                .formatted(files, files - maxFiles, maxFiles));
      }
    }
  }

  /** The time of a file, or else of the first of its connections that has one; null if none has. */
  private static @Nullable Long time(FileRow file, Connections connections) {
    var time = file.tsMicros();
    for (var uids = file.connUids().iterator(); time == null && uids.hasNext(); ) {
      time = connections.find(uids.next()).map(Connections.Ends::tsMicros).orElse(null);
    }
    return time;
  }

  @Override
  public void exit(HookContext context) throws Exception {
    packDaysBeforeToday(context);
  }

  private synchronized MimeDetector mimeDetector() {
    var made = mimeDetector;
    if (made == null) {
      made = new MimeDetector();
      mimeDetector = made;
    }
    return made;
  }

  private static boolean isPacking(HookContext context) {
    return context.settings(ExtractedFilesSettings.class).packDays();
  }

  private void packDaysBeforeToday(HookContext context) throws IOException {
    if (!isPacking(context)) {
      return;
    }
    for (Map.Entry<LocalDate, Path> packed :
        packer.packDaysBefore(LocalDate.now(context.clock())).entrySet()) {
      context.logger().info("Packed the files of {} into {}", packed.getKey(), packed.getValue());
    }
  }
}
