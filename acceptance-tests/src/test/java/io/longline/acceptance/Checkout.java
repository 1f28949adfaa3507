package io.longline.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The places of things: this checkout with its build results, and the folder shared with its
 * developers.
 */
final class Checkout {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Checkout() {}

  static Path root() {
    return Path.of(System.getProperty("longline.checkout", "..")).toAbsolutePath().normalize();
  }

  static Path plugins() {
    return root().resolve("plugins-dir");
  }

  /** The jar that a third party compiles a plugin against. */
  static String pluginClassPath() throws IOException {
    var parts = new ArrayList<String>();
    for (var part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (part.matches(
          ".*(plugin-api/target/classes|plugin-api-[^/]*\\.jar|/pf4j-[^/]*\\.jar|/slf4j-api-[^/]*\\.jar)")) {
        parts.add(part);
      }
    }
    assertThat(parts).as("plugin-api, pf4j and slf4j-api").hasSize(3);
    return String.join(File.pathSeparator, parts);
  }

  static Path sampleLogs() {
    return root().resolve("example-plugins/sample-logs");
  }

  /**
   * A folder of real logs or of expected outputs; the calling test is skipped without it, and fails
   * in CI.
   */
  static Path requireShared(String name) throws IOException {
    var folder = Path.of(System.getProperty("longline.shared", "../../shared"), name);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(folder).as("what CI must have").isDirectory();
    }
    assumeTrue(Files.isDirectory(folder), "SKIPPED: there is no " + folder);
    // The ledger knows directories by their real path.
    return folder.toRealPath();
  }

  /**
   * A copy of the sources without build results, in which a build does not interfere with the
   * running one.
   */
  static Path copyTo(Path target) throws IOException {
    try (var files = Files.walk(root())) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var relative = root().relativize(file);
        boolean isBuilt =
            relative.toString().contains("/target/")
                || relative.startsWith(".git")
                || relative.toString().matches("plugins-dir/.*\\.jar");
        if (!isBuilt) {
          var copy = target.resolve(relative);
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return target;
  }

  static List<JsonNode> jsonLines(Path file) throws IOException {
    var objects = new ArrayList<JsonNode>();
    for (var line : Files.readAllLines(file)) {
      objects.add(JSON.readTree(line));
    }
    return objects;
  }

  static JsonNode json(String text) throws IOException {
    return JSON.readTree(text);
  }

  /** The rows of the daily log of this name, without header lines. */
  static List<String> dailyRows(Path output, String name) throws IOException {
    try (var files = Files.list(output.resolve(name))) {
      var rows = new ArrayList<String>();
      for (var file : files.sorted().toList()) {
        Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).forEach(rows::add);
      }
      return rows;
    }
  }
}
