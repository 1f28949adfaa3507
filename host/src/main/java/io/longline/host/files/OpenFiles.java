package io.longline.host.files;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The files that are open at the same time, up to a number: the one that was used longest ago is
 * closed, and opened again when it is used. Confined to one thread.
 */
public final class OpenFiles {

  /** A file that can be closed for a while. */
  interface Resting {
    /** Closes the file until it is used again. */
    void rest() throws IOException;
  }

  private final int most;

  /** The files that are open, the one that was used last at the end. */
  private final Set<Resting> open = new LinkedHashSet<>();

  /**
   * Creates an empty set.
   *
   * @param most how many files may be open
   */
  public OpenFiles(int most) {
    this.most = most;
  }

  /** Takes note of a file that is about to be used, and has others closed. */
  void use(Resting file) throws IOException {
    open.remove(file);
    for (var others = open.iterator(); open.size() >= most && others.hasNext(); ) {
      var oldest = others.next();
      others.remove();
      oldest.rest();
    }
    open.add(file);
  }

  void remove(Resting file) {
    open.remove(file);
  }
}
