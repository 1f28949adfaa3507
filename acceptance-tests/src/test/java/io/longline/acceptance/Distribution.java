package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The archives that the module dist has built. */
final class Distribution {

  private Distribution() {}

  /** A built file. */
  static Path file(String pattern) throws IOException {
    var built = Checkout.root().resolve("dist/target");
    assertThat(built).as("built by mvn package").isDirectory();
    try (var files = Files.newDirectoryStream(built, pattern)) {
      var found = files.iterator();
      assertThat(found.hasNext()).as(pattern + " in " + built).isTrue();
      return found.next();
    }
  }

  /** Unpacks the archive below a folder; returns its top folder. */
  static Path unpackIn(Path folder) throws IOException, InterruptedException {
    run(folder, List.of("tar", "xzf", file("longline-*SNAPSHOT.tar.gz").toString()));
    try (var entries = Files.newDirectoryStream(folder, "longline-*")) {
      return entries.iterator().next();
    }
  }

  /**
   * Runs a program that must succeed.
   *
   * @return what it prints
   */
  static String run(Path directory, List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    var process = builder.redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }
}
