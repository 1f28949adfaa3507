package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Longline as it is unpacked from its archive, in a path with a blank and a letter beyond ASCII;
 * and a user whose local Maven repository has nothing of Longline.
 */
final class Installation {

  private final Path home;
  private final Path user;

  private Installation(Path home, Path user) {
    this.home = home;
    this.user = user;
  }

  /** Installs it below a folder. */
  static Installation in(Path folder) throws IOException, InterruptedException {
    var home = Distribution.unpackIn(Files.createDirectories(folder.resolve("Länder line")));
    // Only the plugins that a test installs are called.
    try (var bundled = Files.newDirectoryStream(home.resolve("plugins"))) {
      for (var jar : bundled) {
        Files.delete(jar);
      }
    }
    var user = Files.createDirectories(folder.resolve("user"));
    Files.createSymbolicLink(
        Files.createDirectories(user.resolve("bin")).resolve("longline"),
        home.resolve("bin/longline"));
    linkMavenRepository(user.resolve("maven"));
    return new Installation(home, user);
  }

  static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  /** A local repository that has what this build's has, but for Longline. */
  private static void linkMavenRepository(Path target) throws IOException {
    var given = System.getProperty("localRepository");
    var source =
        given != null ? Path.of(given) : Path.of(System.getProperty("user.home"), ".m2/repository");
    var groups = Files.createDirectories(target.resolve("io"));
    link(source, target, "io");
    link(source.resolve("io"), groups, "longline");
  }

  private static void link(Path source, Path target, String without) throws IOException {
    try (var entries = Files.newDirectoryStream(source)) {
      for (var entry : entries) {
        if (!entry.getFileName().toString().equals(without)) {
          Files.createSymbolicLink(target.resolve(entry.getFileName()), entry);
        }
      }
    }
  }

  /** A user who has unpacked nothing yet; see {@link #run}. */
  static Installation withoutProgram(Path folder) throws IOException {
    var user = Files.createDirectories(folder.resolve("user"));
    linkMavenRepository(user.resolve("maven"));
    return new Installation(folder, user);
  }

  /** The top folder. */
  Path home() {
    return home;
  }

  /**
   * Runs commands in a shell, each of which must succeed.
   *
   * @return what they print
   */
  String run(Path directory, List<String> commands) throws IOException, InterruptedException {
    return run(directory, commands, List.of());
  }

  /** The same without any network, if the user is root. */
  String runOffline(Path directory, List<String> commands)
      throws IOException, InterruptedException {
    boolean isRoot = Files.getOwner(Path.of("/proc/self")).getName().equals("root");
    return run(directory, commands, isRoot ? List.of("unshare", "-n") : List.of());
  }

  private String run(Path directory, List<String> commands, List<String> in)
      throws IOException, InterruptedException {
    var words = new ArrayList<>(in);
    words.addAll(List.of("sh", "-eu", "-c", String.join("\n", commands)));
    var builder = new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
    var environment = builder.environment();
    environment.put("PATH", user.resolve("bin") + ":" + environment.get("PATH"));
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("XDG_CONFIG_HOME", user.resolve("config").toString());
    environment.put(
        "MAVEN_OPTS",
        Objects.requireNonNullElse(environment.get("MAVEN_OPTS"), "")
            + " -Dstyle.color=never -Dmaven.repo.local="
            + user.resolve("maven"));
    var process = builder.start();
    var text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }
}
