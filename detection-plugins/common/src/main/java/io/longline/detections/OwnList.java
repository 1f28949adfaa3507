package io.longline.detections;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** An allow list of the user: a text with an entry on each line. Confined to one thread. */
final class OwnList {

  private static final int LONGEST = 4_096;

  private final Path file;
  private final BadEntries problems;
  private final ListEntries entries = new ListEntries();

  OwnList(Path file, Consumer<String> problems) {
    this.file = file;
    this.problems = new BadEntries(file, problems);
  }

  ListEntries read() throws IOException {
    // Bytes that are not UTF-8 are replaced, and cost no more than their line.
    try (var in = Files.newInputStream(file);
        var lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      int number = 0;
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        var entry = withoutComment(line).strip();
        if (!entry.isEmpty() && !add(entry)) {
          problems.add(number, entry);
        }
      }
    }
    problems.complete();
    return entries;
  }

  private static String withoutComment(String line) {
    if (line.startsWith("#")) {
      return "";
    }
    int hash = line.indexOf(" #");
    return hash < 0 ? line : line.substring(0, hash);
  }

  private boolean add(String entry) {
    if (entry.length() > LONGEST) {
      return false;
    }
    if (entry.startsWith("/") && entry.lastIndexOf('/') > 0) {
      return entries.addPattern(entry);
    }
    if (entries.addSubnet(entry)) {
      return true;
    }
    boolean isName = entry.indexOf('.') >= 0 && entry.indexOf('/') < 0 && entry.indexOf(' ') < 0;
    if (isName && entry.indexOf('@') < 0) {
      entries.addName(entry);
    } else {
      entries.addText(entry);
    }
    return true;
  }
}
