package io.longline.host.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.host.files.FileAccess;
import io.longline.host.files.OpenFolder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What calls for windows write. It gets to its place in three steps: {@link #stage} writes whole
 * files to a folder of the call, on the disk; the ledger records the call, with the names of the
 * files; {@link #publish} puts them in the places of those of an earlier call, each in one step. A
 * crash before the second step leaves a folder that does not count, and after a later crash the
 * next host does the third. Thread-safe.
 *
 * <p>A host that was stopped after the second step cannot put its files in the places of newer
 * ones: who publishes first removes the folders of calls with lower tokens.
 */
public final class WindowOutputs {

  private static final Logger LOG = LoggerFactory.getLogger(WindowOutputs.class);

  /** The list of what is to be done with the files of a call: a line for each. */
  private static final String LIST = "list";

  private static final Pattern CALL = Pattern.compile("([0-9]+)-([0-9]+)");

  /** How many things that are not ours may be in the way of one output. */
  private static final int MAX_PASSED_OVER = 100;

  private final WindowFolder folder;
  private final boolean isDurable;

  /** The bytes of rows and lines, by file. */
  private final Map<Path, Long> written = new ConcurrentHashMap<>();

  /**
   * The outputs of windows in a folder.
   *
   * @param isDurable whether a commit must outlast a crash of the machine
   */
  public WindowOutputs(WindowFolder folder, boolean isDurable) {
    this.folder = folder;
    this.isDurable = isDurable;
  }

  /**
   * A call for a window.
   *
   * @param batch the number of the window in the ledger
   * @param token the fencing token of the claim
   * @param name the name of the window
   * @param start the time for the beginning of files
   * @param end the time for their end
   * @param before the files that earlier calls for it have written, relative to the folder
   */
  public record WindowCall(
      long batch, long token, String name, Instant start, Instant end, List<String> before) {

    /** Makes a copy. */
    public WindowCall {
      before = List.copyOf(before);
    }

    private String folderName() {
      return batch + "-" + token;
    }
  }

  /**
   * Writes what a call has staged to the disk; not visible yet.
   *
   * @return the files that it will have, relative to the folder
   * @throws IOException if it cannot be written
   */
  public synchronized List<String> stage(WindowCall call, StagedOutputs staged) throws IOException {
    var names = new ArrayList<String>();
    try (var windows = folder.openWindows()) {
      windows.deleteTree(call.folderName());
      try (var own = windows.makeFolder(call.folderName(), FileAccess.OWNER)) {
        for (var entry : staged.opened().entrySet()) {
          var name = free(entry.getKey().name() + "/" + call.name(), call.before(), names);
          write(own, String.valueOf(names.size()), call, entry.getValue());
          names.add(name);
        }
        own.replace(LIST, list(names, call.before()), FileAccess.OWNER);
      }
    }
    return names;
  }

  /** The name of a file that is this window's, or does not exist. */
  private String free(String stem, List<String> before, List<String> names) throws IOException {
    for (int number = 1; number <= MAX_PASSED_OVER; number++) {
      var name = stem + (number == 1 ? "" : "-" + number) + ".log";
      boolean isThere = Files.exists(folder.path().resolve(name), LinkOption.NOFOLLOW_LINKS);
      if (!names.contains(name) && (before.contains(name) || !isThere)) {
        return name;
      }
    }
    throw new IOException("There is no free name for the output " + stem + ".");
  }

  private void write(OpenFolder own, String name, WindowCall call, StagedOutputs.Open open)
      throws IOException {
    try (var channel = own.file(name, folder.access())) {
      var out = new BufferedOutputStream(Channels.newOutputStream(channel));
      out.write(open.content().header(call.start(), ZoneOffset.UTC));
      open.staging().copyTo(out);
      out.write(open.content().footer(call.end(), ZoneOffset.UTC));
      out.flush();
      if (isDurable) {
        channel.force(true);
      }
    }
  }

  /** A line for each file: {@code +} with the name it gets, or {@code -} for one to be removed. */
  private static byte[] list(List<String> names, List<String> before) {
    var lines = new StringBuilder();
    names.forEach(name -> lines.append('+').append(name).append('\n'));
    before.stream()
        .filter(name -> !names.contains(name))
        .forEach(name -> lines.append('-').append(name).append('\n'));
    return lines.toString().getBytes(UTF_8);
  }

  /**
   * Makes visible what a recorded call has written. It can be called again after it failed.
   *
   * @throws IOException if a file cannot be put in its place
   */
  public synchronized void publish(long batch, long token) throws IOException {
    try (var windows = folder.openWindows()) {
      for (var name : windows.names()) {
        var call = CALL.matcher(name);
        if (call.matches()
            && Long.parseLong(call.group(1)) == batch
            && Long.parseLong(call.group(2)) < token) {
          windows.deleteTree(name);
        }
      }
      var name = batch + "-" + token;
      if (windows.attributes(name) != null) {
        try (var own = windows.folder(name)) {
          publish(own);
        }
        windows.deleteTree(name);
      }
    }
  }

  private void publish(OpenFolder own) throws IOException {
    int number = 0;
    try (var root = folder.openRoot()) {
      for (var line : Files.readAllLines(own.path().resolve(LIST), UTF_8)) {
        var name = line.substring(1);
        if (!isInside(name)) {
          LOG.error("\"{}\" is not the name of an output of a window, and is left out.", name);
          number += line.startsWith("+") ? 1 : 0;
          continue;
        }
        try (var parent = root.makeParent(name, folder.access())) {
          var last = name.substring(name.lastIndexOf('/') + 1);
          if (line.startsWith("-")) {
            delete(parent, last);
          } else {
            move(own, String.valueOf(number), parent, last, name);
            number++;
          }
        }
      }
    }
  }

  /** A list or a row of the ledger that leads elsewhere is damaged, or not ours. */
  private static boolean isInside(String name) {
    return Arrays.stream(name.split("/", -1))
        .noneMatch(part -> part.isEmpty() || part.startsWith("."));
  }

  private static void delete(OpenFolder parent, String name) throws IOException {
    if (parent.attributes(name) != null) {
      parent.deleteFile(name);
    }
  }

  private void move(OpenFolder own, String from, OpenFolder parent, String to, String name)
      throws IOException {
    var found = own.attributes(from);
    if (found == null) {
      // It was moved before a crash.
      return;
    }
    own.move(from, parent, to);
    written.put(folder.path().resolve(name), found.size());
  }

  /** Removes what a call has staged that does not count. */
  public synchronized void discard(long batch, long token) {
    try (var windows = folder.openWindows()) {
      windows.deleteTree(batch + "-" + token);
    } catch (IOException e) {
      LOG.debug("The folder of a call for a window could not be removed.", e);
    }
  }

  /** What a folder of a call is to be, as the ledger knows it. */
  public enum Fate {
    /** It is recorded: its files are to be put in their places. */
    PUBLISH,
    /** The call is being made. */
    KEEP,
    /** It does not count. */
    DISCARD
  }

  /** What the ledger knows of the calls for windows. */
  public interface Knowledge {

    /**
     * What is to be done with what a call has left.
     *
     * @throws IOException if the ledger cannot be read
     */
    Fate fate(long batch, long token) throws IOException;
  }

  /**
   * Does what hosts have left that were killed.
   *
   * @throws IOException if it cannot be done
   */
  public synchronized void recover(Knowledge knowledge) throws IOException {
    var left = new ArrayList<CallId>();
    try (var windows = folder.openWindows()) {
      for (var name : windows.names()) {
        var call = CALL.matcher(name);
        if (call.matches()) {
          left.add(new CallId(Long.parseLong(call.group(1)), Long.parseLong(call.group(2))));
        }
      }
    }
    left.sort(Comparator.comparingLong(CallId::token));
    for (var call : left) {
      switch (knowledge.fate(call.batch(), call.token())) {
        case PUBLISH -> publish(call.batch(), call.token());
        case DISCARD -> discard(call.batch(), call.token());
        case KEEP -> {}
      }
    }
  }

  private record CallId(long batch, long token) {}

  /** The bytes of each file that was made visible. Thread-safe. */
  public Map<Path, Long> written() {
    return new TreeMap<>(written);
  }
}
