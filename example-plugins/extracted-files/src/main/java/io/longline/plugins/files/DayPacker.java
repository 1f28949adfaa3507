package io.longline.plugins.files;

import io.longline.api.ExtractedFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/**
 * Packs the extracted files of a day into {@code YYYY-MM-DD.tar.gz} in their folder, and removes
 * them. Thread-safe. It keeps their names in memory only: if the host is killed, the files of that
 * day stay as they are.
 */
final class DayPacker {

  /** Files with their folder, by the day they were processed. */
  private final Map<LocalDate, Map<Path, TreeSet<Path>>> days = new TreeMap<>();

  synchronized void remember(LocalDate day, ExtractedFiles extracted, Collection<Path> files) {
    extracted
        .folder()
        .ifPresent(
            folder ->
                days.computeIfAbsent(day, key -> new TreeMap<>())
                    .computeIfAbsent(folder, key -> new TreeSet<>())
                    .addAll(files));
  }

  /** Packs all days that are over; returns an archive for each. */
  synchronized Map<LocalDate, Path> packDaysBefore(LocalDate today) throws IOException {
    var packed = new TreeMap<LocalDate, Path>();
    var over = new TreeMap<>(days);
    over.keySet().removeIf(day -> !day.isBefore(today));
    for (var day : over.entrySet()) {
      for (var folder : day.getValue().entrySet()) {
        packed.put(day.getKey(), pack(day.getKey(), folder.getKey(), folder.getValue()));
      }
      days.remove(day.getKey());
    }
    return packed;
  }

  /** Packs files; the archive is complete before any of them is removed. */
  private static Path pack(LocalDate day, Path folder, Collection<Path> files) throws IOException {
    var archive = free(folder, day);
    var temporary = Files.createTempFile(folder, "." + day, ".tar.gz");
    try (var tar =
        new TarArchiveOutputStream(
            new GzipCompressorOutputStream(
                new BufferedOutputStream(Files.newOutputStream(temporary))))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (var file : files) {
        if (Files.isRegularFile(file)) {
          tar.putArchiveEntry(tar.createArchiveEntry(file, folder.relativize(file).toString()));
          Files.copy(file, tar);
          tar.closeArchiveEntry();
        }
      }
    }
    Files.move(temporary, archive, StandardCopyOption.ATOMIC_MOVE);
    for (var file : files) {
      Files.deleteIfExists(file);
    }
    return archive;
  }

  private static Path free(Path folder, LocalDate day) {
    var archive = folder.resolve(day + ".tar.gz");
    for (int number = 2; Files.exists(archive); number++) {
      archive = folder.resolve(day + "-" + number + ".tar.gz");
    }
    return archive;
  }
}
