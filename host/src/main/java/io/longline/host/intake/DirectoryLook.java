package io.longline.host.intake;

import io.longline.host.ledger.FileStamp;
import io.longline.host.output.OutputFolder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What a directory holds at one moment. Immutable.
 *
 * @param files the files in it, sorted by name; a symbolic link counts if it stays below the root
 * @param folders the folders in it that are to be looked at as well; no symbolic links
 */
record DirectoryLook(List<FileStamp> files, List<Path> folders) {

  /** Where ZeekControl keeps the logs that are being written. */
  private static final String CURRENT = "current";

  private static final DirectoryLook NOTHING = new DirectoryLook(List.of(), List.of());

  DirectoryLook {
    files = List.copyOf(files);
    folders = List.copyOf(folders);
  }

  /**
   * Looks at a directory. It counts as empty if it does not exist or is an output folder.
   *
   * @param root the watched root that the directory is, or is below
   * @param isEnded whether to stop looking
   * @param rejected reports a root that does not exist, and what in the directory cannot be used
   * @throws InterruptedIOException if looking was ended
   * @throws IOException if the directory cannot be read
   */
  static DirectoryLook at(
      Path directory, Path root, BooleanSupplier isEnded, RejectedPaths rejected)
      throws IOException {
    var listing = new Listing(root, rejected);
    try (var entries = Files.newDirectoryStream(directory)) {
      for (var entry : entries) {
        if (isEnded.getAsBoolean()) {
          throw new InterruptedIOException("Looking at " + directory + " was ended.");
        }
        var name = entry.getFileName().toString();
        if (name.equals(OutputFolder.OWN_FOLDER)) {
          return NOTHING;
        }
        if (!name.startsWith(".")) {
          listing.add(entry, name);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      if (directory.equals(root)) {
        rejected.reject(directory, "There is no such folder.");
      }
      return NOTHING;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    rejected.remove(directory);
    listing.files.sort(Comparator.comparing(FileStamp::name));
    return new DirectoryLook(listing.files, listing.folders);
  }

  /** Sorts the entries of a directory into files and folders. */
  private static final class Listing {

    private final Path root;
    private final RejectedPaths rejected;
    private final List<FileStamp> files = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();

    Listing(Path root, RejectedPaths rejected) {
      this.root = root;
      this.rejected = rejected;
    }

    void add(Path entry, String name) {
      if (!PathText.isFaithful(entry)) {
        rejected.reject(entry, PathText.bytes(entry), PathText.whyRefused());
        return;
      }
      try {
        var attributes =
            Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
          addLink(entry, name);
        } else if (attributes.isRegularFile()) {
          files.add(FileStamp.of(entry, attributes));
        } else if (attributes.isDirectory() && !name.equals(CURRENT)) {
          folders.add(entry);
        }
      } catch (NoSuchFileException e) {
        // It has just vanished, or is a link to nothing: the next look finds out.
      } catch (IOException e) {
        rejected.reject(entry, "It cannot be read: " + e);
      }
    }

    private void addLink(Path entry, String name) throws IOException {
      var target = entry.toRealPath();
      if (Files.isDirectory(target)) {
        if (!name.equals(CURRENT)) {
          rejected.reject(entry, "It is a symbolic link to a folder; such links are not followed.");
        }
      } else if (target.startsWith(root.toRealPath())) {
        addTarget(entry);
      } else {
        rejected.reject(
            entry, "It is a symbolic link out of the root; such links are not followed.");
      }
    }

    private void addTarget(Path link) throws IOException {
      var attributes = Files.readAttributes(link, BasicFileAttributes.class);
      if (attributes.isRegularFile()) {
        files.add(FileStamp.of(link, attributes));
      } else {
        rejected.reject(link, "It is a symbolic link to something that is not a file.");
      }
    }
  }
}
