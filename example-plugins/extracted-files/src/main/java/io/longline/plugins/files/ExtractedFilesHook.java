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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * Writes one JSON object for each file that Zeek extracted into the daily log {@code info}: its
 * place, its senders and receivers, and its type by its own bytes. May be called by any number of
 * threads.
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
   */
  private final class Sink implements RecordSink {

    private final LogDirectory logs;
    private final HookContext context;
    private final List<FileRow> files = new ArrayList<>();
    private final Connections connections = new Connections();
    private boolean isInFiles;

    Sink(LogDirectory logs, HookContext context) {
      this.logs = logs;
      this.context = context;
    }

    @Override
    public void begin(String path) {
      isInFiles = path.equals(FileRow.FILES.path());
    }

    @Override
    public void accept(LogRecord record) {
      if (!isInFiles) {
        connections.take(record);
      } else if (FileRow.isExtracted(record)) {
        var file = FileRow.of(record);
        files.add(file);
        connections.want(file.connUids());
      }
    }

    @Override
    public void finish() throws IOException {
      if (files.isEmpty()) {
        return;
      }
      var output = context.output("info").daily().lines();
      var dumped = new ArrayList<Path>();
      for (var file : files) {
        var dump = context.extractedFiles().find(file.extracted());
        var mimeType = dump.isPresent() ? mimeDetector().detect(dump.get()) : null;
        output.line(InfoLine.of(logs, file, connections, dump.orElse(null), mimeType));
        dump.ifPresent(dumped::add);
      }
      if (isPacking(context)) {
        packer.remember(LocalDate.now(context.clock()), context.extractedFiles(), dumped);
      }
    }
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
