package io.longline.host.report;

import io.longline.host.files.FileAccess;
import io.longline.host.files.OpenFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;

/** The file of a report. Immutable. */
public final class ReportFile {

  /** Its name in the output folder, unless another is asked for. */
  public static final String NAME = "report.html";

  private final Path file;
  private final FileAccess access;
  private final Clock clock;

  /**
   * A file that is yet to be written.
   *
   * @param access who may read it
   * @param clock says when it is made
   */
  public ReportFile(Path file, FileAccess access, Clock clock) {
    this.file = file.toAbsolutePath().normalize();
    this.access = access;
    this.clock = clock;
  }

  /** Where it is. */
  public Path path() {
    return file;
  }

  /**
   * Writes it, in place of what is there; who reads it meanwhile sees the old one or the new one.
   *
   * @param folder the output folder that the report is of
   * @throws IOException if it cannot be written
   */
  public void write(Report report, Path folder) throws IOException {
    var page = new ByteArrayOutputStream();
    new ReportPage(report, clock.instant(), folder.toString()).writeTo(page);
    var parent = Objects.requireNonNull(file.getParent(), "a file has a parent");
    var name = Objects.requireNonNull(file.getFileName(), "a file has a name");
    try (var open = OpenFolder.open(parent)) {
      open.replace(name.toString(), page.toByteArray(), access);
    }
  }
}
