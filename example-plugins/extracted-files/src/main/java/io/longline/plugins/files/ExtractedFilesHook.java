package io.longline.plugins.files;

import io.longline.api.ExitHook;
import io.longline.api.HookContext;
import io.longline.api.LogDirectory;
import io.longline.api.LogHook;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pf4j.Extension;

/**
 * Writes one JSON object for each file that Zeek extracted into the daily log {@code info}: where
 * it is, who sent it to whom, what it is by its own bytes. May be called by any number of threads.
 *
 * <p>The keys are those of BroAPT's hook {@code extracted_files.py}. With {@link
 * ExtractedFilesSettings#packDays} the files of a day are packed into {@code YYYY-MM-DD.tar.gz}
 * when the day is over, and removed.
 */
@Extension
public final class ExtractedFilesHook implements LogHook, ExitHook {

  private final MimeDetector mimeDetector = new MimeDetector();
  private final DayPacker packer = new DayPacker();

  @Override
  public String name() {
    return "ExtractedFiles";
  }

  @Override
  public int maxConcurrency() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Class<? extends Record> settings() {
    return ExtractedFilesSettings.class;
  }

  @Override
  public void process(LogDirectory logs, HookContext context) throws Exception {
    packDaysBeforeToday(context);
    var files = extractedFiles(logs);
    if (files.isEmpty()) {
      return;
    }
    var connections = Connections.of(logs, uids(files));
    var output = context.output("info").daily().lines();
    var dumped = new ArrayList<Path>();
    for (var file : files) {
      var dump = context.extractedFiles().find(file.extracted());
      var mimeType = dump.isPresent() ? mimeDetector.detect(dump.get()) : null;
      output.line(InfoLine.of(logs, file, connections, dump.orElse(null), mimeType));
      dump.ifPresent(dumped::add);
    }
    if (isPacking(context)) {
      packer.remember(LocalDate.now(context.clock()), context.extractedFiles(), dumped);
    }
  }

  private static List<FileRow> extractedFiles(LogDirectory logs) throws IOException {
    var rows = new ArrayList<FileRow>();
    for (var file : logs.logs("files")) {
      try (var reader = file.open(FileRow.FIELDS)) {
        reader.forEach(
            record -> {
              if (FileRow.isExtracted(record)) {
                rows.add(FileRow.of(record));
              }
            });
      }
    }
    return rows;
  }

  private static Set<String> uids(List<FileRow> files) {
    var uids = new HashSet<String>();
    files.forEach(file -> uids.addAll(file.connUids()));
    return uids;
  }

  @Override
  public void exit(HookContext context) throws Exception {
    packDaysBeforeToday(context);
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
