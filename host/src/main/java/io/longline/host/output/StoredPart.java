package io.longline.host.output;

import io.longline.host.window.Section;
import java.util.List;

/**
 * A part that is on the disk, to be recorded in the ledger. Immutable.
 *
 * @param file the name of the file that it is in
 * @param position where it starts in the file, in bytes
 * @param length the number of its bytes
 * @param sections its facts by pane, in order
 */
public record StoredPart(String file, long position, long length, List<Section> sections) {

  /** Makes a copy. */
  public StoredPart {
    sections = List.copyOf(sections);
  }

  /** The number of its facts. */
  public long facts() {
    return sections.stream().mapToLong(Section::facts).sum();
  }
}
