package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A local Maven repository for one test. It has what the developer's own has, by symbolic links,
 * but none of Longline's artifacts; those that a test installs stay in it.
 */
final class MavenRepository implements AutoCloseable {

  private final Path folder;

  private MavenRepository(Path folder) {
    this.folder = folder;
  }

  /** Makes one in a folder that does not exist. */
  static MavenRepository in(Path folder) throws IOException {
    var own =
        Path.of(
            System.getProperty(
                "localRepository", System.getProperty("user.home") + "/.m2/repository"));
    link(own, folder, "io");
    link(own.resolve("io"), folder.resolve("io"), "longline");
    return new MavenRepository(folder);
  }

  private static void link(Path from, Path to, String except) throws IOException {
    Files.createDirectories(to);
    try (var entries = Files.list(from)) {
      for (var entry : entries.toList()) {
        if (!entry.getFileName().toString().equals(except)) {
          Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
        }
      }
    }
  }

  /** Runs Maven in a project; it must succeed. */
  void maven(Path project, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("mvn", "-q", "-B", "-Dmaven.repo.local=" + folder));
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  /** Removes the links, which JUnit would warn of; what was installed stays. */
  @Override
  public void close() throws IOException {
    unlink(folder.resolve("io"));
    unlink(folder);
  }

  private static void unlink(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      for (var entry : entries.filter(Files::isSymbolicLink).toList()) {
        Files.delete(entry);
      }
    }
  }

  /** The folder of Longline's artifacts. */
  Path longline() {
    return folder.resolve("io/longline");
  }
}
