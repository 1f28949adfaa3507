package io.longline.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The files of a project that a page of the documentation shows in full, each below its name. */
final class DocumentedFiles {

  private static final Pattern FILE =
      Pattern.compile("^`([\\w./-]+)`:\n\n```\\w*\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

  private DocumentedFiles() {}

  /** Writes the files of a page, such as {@code docs/embedding.md}; returns their names. */
  static List<String> write(String page, Path project) throws IOException {
    var files = FILE.matcher(Files.readString(Checkout.root().resolve(page)));
    var names = new ArrayList<String>();
    while (files.find()) {
      var file = project.resolve(files.group(1));
      Files.createDirectories(file.getParent());
      Files.writeString(file, files.group(2));
      names.add(files.group(1));
    }
    return names;
  }
}
