package io.longline.detections;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lists of what is known to be harmless. They are applied to what a detection has found: a finding
 * stays, with the name of the list that has it. Immutable; may be used by any number of threads.
 */
public final class AllowList {

  /** The list without an entry. */
  public static final AllowList NONE = new AllowList(List.of());

  /**
   * The warning lists that are used if a folder of them is named and no names are: addresses of
   * special use, public resolvers, the names and networks of Microsoft, Akamai, and the most
   * visited sites. Not those of hosting and VPN providers, whose addresses serve malware too.
   */
  public static final List<String> DEFAULT_NAMES =
      List.of(
          "rfc5735",
          "public-dns-v4",
          "public-dns-v6",
          "public-dns-hostname",
          "microsoft*",
          "akamai",
          "cisco_top*",
          "tranco10k");

  private final List<Named> lists;

  /**
   * A list.
   *
   * @param name how it is called in {@code allowed_by}
   * @param kinds the kinds of values that it is about
   */
  private record Named(String name, Set<SeenKind> kinds, ListEntries entries) {}

  private AllowList(List<Named> lists) {
    this.lists = List.copyOf(lists);
  }

  /** Collects lists. Confined to one thread. */
  public static final class Builder {

    private final List<Named> lists = new ArrayList<>();
    private final Consumer<String> problems;

    /**
     * Collects lists.
     *
     * @param problems gets a sentence for each line that cannot be used, with file and line, for
     *     the first of them in a file; and for each file that cannot be read
     */
    public Builder(Consumer<String> problems) {
      this.problems = problems;
    }

    /**
     * Adds files of which each line is an address, a subnet, a name, which stands for the names
     * under it too, an expression between slashes, or any other text, which is compared as a whole.
     * What follows a {@code #} is a comment.
     */
    public Builder own(Collection<Path> files) {
      for (var file : files) {
        var entries = read(file, () -> new OwnList(file, problems).read());
        lists.add(new Named(baseName(file), EnumSet.allOf(SeenKind.class), entries));
      }
      return this;
    }

    /**
     * Adds the warning lists of MISP in a folder: {@code NAME.json}, or {@code NAME/list.json} as
     * in their repository.
     *
     * @param names the names of the lists, which may have {@code *} in them
     */
    public Builder warningLists(Path folder, Collection<String> names) {
      try {
        for (var file : WarningList.files(folder)) {
          var name = WarningList.name(file);
          if (names.stream().anyMatch(pattern -> WarningList.isNamed(name, pattern))) {
            var list = new WarningList(file, problems);
            var entries = read(file, list::read);
            lists.add(new Named(name, list.kinds(), entries));
          }
        }
      } catch (IOException e) {
        problems.accept("The folder of warning lists " + folder + " cannot be read: " + e);
      }
      return this;
    }

    private interface Reading {
      ListEntries read() throws IOException;
    }

    private ListEntries read(Path file, Reading reading) {
      var entries = new ListEntries();
      try {
        entries = reading.read();
      } catch (IOException e) {
        problems.accept("The allow list %s cannot be read: %s".formatted(file, e.getMessage()));
      }
      entries.complete();
      return entries;
    }

    /** The lists so far, in the order of their names. */
    public AllowList build() {
      lists.sort(Comparator.comparing(Named::name));
      return new AllowList(lists);
    }
  }

  private static String baseName(Path file) {
    var name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** The files that {@link Builder#warningLists} would look at, to find out whether they change. */
  public static List<Path> warningListFiles(Path folder) throws IOException {
    return Files.isDirectory(folder) ? WarningList.files(folder) : List.of();
  }

  /** Whether there is no list. */
  public boolean isEmpty() {
    return lists.isEmpty();
  }

  /**
   * The name of the list that has a value; of several, the first by name.
   *
   * @return null if none has it
   */
  public @Nullable String listOf(SeenKind kind, String value) {
    for (var list : lists) {
      if (list.kinds().contains(kind) && list.entries().contains(kind, value)) {
        return list.name();
      }
    }
    return null;
  }
}
