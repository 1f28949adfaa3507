package io.longline.host.testing;

import io.longline.api.Finding;
import io.longline.api.internal.FindingRows;
import io.longline.zeek.LogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes findings into a folder as a host does. */
public final class FindingsFolder {

  private final Path folder;

  public FindingsFolder(Path folder) {
    this.folder = folder;
  }

  /** Writes the findings of batches. */
  public void batches(boolean isJson, Finding... findings) throws IOException {
    write(
        folder.resolve("findings.log"),
        isJson,
        new FindingRows("plugin", "Hook", null, null, "/logs/it's here"),
        findings);
  }

  /** Writes the findings of a window, which starts in 1970. */
  public void window(String name, Finding... findings) throws IOException {
    write(
        folder.resolve("findings/plugin/Hook/" + name + ".log"),
        false,
        new FindingRows("plugin", "Hook", name, 0L, null),
        findings);
  }

  private static void write(Path file, boolean isJson, FindingRows rows, Finding... findings)
      throws IOException {
    Files.createDirectories(file.getParent());
    var schema = FindingRows.schema(FindingRows.format(isJson));
    try (var writer = LogWriter.open(file, schema)) {
      for (var finding : findings) {
        rows.write(writer::row, finding);
      }
    }
  }
}
