package io.longline.host.intake;

import io.longline.host.event.EventSink;
import io.longline.host.event.HostEvent;
import io.longline.host.output.OutputFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds log directories. A folder with Zeek logs is one; a folder without is searched below, in the
 * order of names, but for hidden folders and symbolic links. Confined to one thread.
 */
public final class DirectoryFinder {

  private final LogProbe probe;
  private final EventSink events;
  private final Consumer<Path> found;

  /**
   * A finder.
   *
   * @param probe knows logs
   * @param events is given the paths that cannot be used
   * @param found is given each log directory
   */
  public DirectoryFinder(LogProbe probe, EventSink events, Consumer<Path> found) {
    this.probe = probe;
    this.events = events;
    this.found = found;
  }

  /** Searches a path that a user named. */
  public void find(String path) {
    Path root;
    try {
      root = Path.of(path);
    } catch (InvalidPathException e) {
      reject(path, "This is not a valid path: " + e.getMessage());
      return;
    }
    if (!Files.exists(root)) {
      reject(path, PathText.whyNotThere(path));
    } else if (!Files.isDirectory(root)) {
      reject(path, "This is a file; name the folder that it is in.");
    } else {
      var search = new Search();
      search.rejectIfFruitless(path, search.in(root));
    }
  }

  private void reject(String path, String reason) {
    events.accept(new HostEvent.PathRejected(path, reason));
  }

  /**
   * The search below one path. It recurses once for each level: very deep trees are not expected.
   */
  private final class Search {

    private int files;
    private int rejected;
    private int outputFolders;

    /** Searches a folder; returns the number of log directories at or below it. */
    int in(Path folder) {
      if (!PathText.isFaithful(folder)) {
        rejectIfUnfaithful(folder);
        return 0;
      }
      if (Files.isDirectory(folder.resolve(OutputFolder.OWN_FOLDER))) {
        outputFolders++;
        return 0;
      }
      try {
        int filesBefore = files;
        if (holdsLogs(folder)) {
          found.accept(folder);
          return 1;
        }
        boolean hasFiles = files > filesBefore;
        int directories = 0;
        for (var below : folders(folder)) {
          directories += in(below);
        }
        if (directories == 0 && hasFiles) {
          events.accept(new HostEvent.FolderWithoutLogs(folder));
        }
        return directories;
      } catch (IOException | UncheckedIOException e) {
        rejected++;
        reject(folder.toString(), "It cannot be read: " + e);
        return 0;
      }
    }

    private boolean holdsLogs(Path folder) throws IOException {
      var named = files(folder);
      for (var file : named) {
        rejectIfUnfaithful(file);
      }
      for (var file : named) {
        files++;
        if (!PathText.isFaithful(file)) {
          continue;
        }
        try {
          if (probe.look(file).isPresent()) {
            return true;
          }
        } catch (IOException | RuntimeException e) {
          rejected++;
          reject(file.toString(), "It cannot be read: " + e);
        }
      }
      return false;
    }

    private void rejectIfUnfaithful(Path file) {
      if (!PathText.isFaithful(file)) {
        rejected++;
        reject(PathText.bytes(file), PathText.whyRefused());
      }
    }

    void rejectIfFruitless(String path, int directories) {
      if (directories > 0 || rejected > 0) {
        return;
      }
      reject(
          path,
          outputFolders > 0
              ? "It is an output folder of Longline; those are not processed."
              : files == 0
                  ? "It is empty."
                  : "It holds no Zeek log: none of its "
                      + files
                      + (files == 1 ? " file" : " files")
                      + " has a Zeek header, or rows in JSON.");
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.filter(Files::isRegularFile).sorted(byName()).toList();
    }
  }

  private static List<Path> folders(Path folder) throws IOException {
    var folders = new ArrayList<Path>();
    try (var entries = Files.list(folder)) {
      entries
          .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .forEach(folders::add);
    }
    folders.sort(byName());
    return folders;
  }

  private static Comparator<Path> byName() {
    return Comparator.comparing(path -> path.getFileName().toString());
  }
}
