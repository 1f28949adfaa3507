package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Longline as it is unpacked from its archive: read-only, for another user, in a path with a blank.
 */
class DistributionTest {

  private static final int NOBODY = 65534;

  @TempDir Path folder;

  /** Each file and folder, with its time and size. */
  private static Map<String, String> listing(Path root) throws IOException {
    var listing = new TreeMap<String, String>();
    try (var files = Files.walk(root)) {
      for (var file : files.toList()) {
        listing.put(
            root.relativize(file).toString(),
            Files.getLastModifiedTime(file) + " " + Files.size(file));
      }
    }
    return listing;
  }

  /** Runs a command in a folder of a user, who may write there alone. */
  private String runAsNobody(Path home, List<String> command) throws Exception {
    var all = new ArrayList<String>();
    if (Files.getOwner(Checkout.root()).getName().equals("root")) {
      all.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
    }
    all.addAll(
        List.of(
            "env",
            "-i",
            "PATH=/usr/bin:/bin",
            "HOME=" + home,
            "JAVA_HOME=" + System.getProperty("java.home")));
    all.addAll(command);
    return Distribution.run(home, all);
  }

  @Test
  void anyUserRunsItFromAFolderThatNobodyCanWrite() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    var top = Distribution.unpackIn(Files.createDirectories(folder.resolve("an installation")));
    Distribution.run(folder, List.of("chmod", "-R", "a-w", top.toString()));
    var before = listing(top);
    var user = Files.createDirectories(folder.resolve("user"));
    Files.setPosixFilePermissions(user, PosixFilePermissions.fromString("rwxrwxrwx"));
    Distribution.run(folder, List.of("chown", ownerOfUser(), user.toString()));
    var run =
        List.of(
            top.resolve("bin/longline").toString(),
            "run",
            "--again",
            "--config",
            top.resolve("examples/sample-findings/longline.toml").toString(),
            top.resolve("examples/sample-findings/logs").toString());
    for (int i = 0; i < 3; i++) {
      assertThat(runAsNobody(user, run))
          .contains("findings     1 critical, 5 high, 4 medium: 10 different")
          .contains(user.resolve("longline-output/report.html").toString());
    }
    var pinned = new ArrayList<>(run);
    pinned.addAll(2, List.of("--set", "plugins.trust=pinned"));
    assertThat(runAsNobody(user, pinned)).contains("10 different").doesNotContain("NOT_PINNED");
    assertThat(listing(top)).isEqualTo(before);
    try (var cached = Files.list(user.resolve(".cache/longline"))) {
      assertThat(cached.toList())
          .as("the archive of classes, under its own name")
          .singleElement()
          .asString()
          .endsWith(".jsa");
    }
    Distribution.run(folder, List.of("chmod", "-R", "u+w", top.toString()));
  }

  private static String ownerOfUser() throws IOException {
    return Files.getOwner(Checkout.root()).getName().equals("root")
        ? NOBODY + ":" + NOBODY
        : System.getProperty("user.name");
  }

  @Test
  void theSumsAreRightAndBothArchivesHaveTheSameFiles() throws Exception {
    var built = Distribution.file("SHA256SUMS");
    assertThat(Distribution.run(built.getParent(), List.of("sha256sum", "-c", "SHA256SUMS")))
        .contains(".tar.gz: OK", ".zip: OK", ".deb: OK");
    var tar = Distribution.unpackIn(Files.createDirectories(folder.resolve("tar")));
    var zip = Files.createDirectories(folder.resolve("zip"));
    Distribution.run(
        zip,
        List.of(
            Path.of(System.getProperty("java.home"), "bin/jar").toString(),
            "xf",
            Distribution.file("longline-*SNAPSHOT.zip").toString()));
    Distribution.run(
        folder, List.of("diff", "-r", tar.toString(), zip.resolve(tar.getFileName()).toString()));
    for (var name :
        List.of(
            "LICENSE",
            "THIRD-PARTY.txt",
            "sbom/longline.cdx.json",
            "sbom/beacons.cdx.json",
            "share/man/man1/longline-run.1",
            "share/bash-completion/completions/longline",
            "share/zsh/site-functions/_longline",
            "share/systemd/longline.service",
            "share/doc/longline/docs/operations.md")) {
      assertThat(tar.resolve(name)).isNotEmptyFile();
    }
    assertThat(tar.resolve("THIRD-PARTY.txt"))
        .content()
        .contains("org.pf4j:pf4j", "com.google.re2j:re2j", "==== BSD-2-Clause ====");
  }

  /** With nothing of the environment, all bundled plugins, each in a process of its own. */
  @Test
  @Tag("slow")
  void theArchiveWithItsOwnJavaNeedsNoOther() throws Exception {
    var builder =
        new ProcessBuilder(Checkout.root().resolve("dist/with-java").toString())
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    var process = builder.start();
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).contains("-linux-");
    assertThat(process.waitFor()).isZero();
    var archive = Distribution.file("longline-*-linux-*.tar.gz");
    Distribution.run(folder, List.of("tar", "xzf", archive.toString()));
    Files.delete(archive);
    var top = folder.resolve(archive.getFileName().toString().replaceAll("-linux-.*", ""));
    var program = List.of("env", "-i", "PATH=/usr/bin:/bin", top + "/bin/longline");
    var version = new ArrayList<>(program);
    version.add("version");
    assertThat(Distribution.run(folder, version)).contains(top.toRealPath().resolve("java") + "\n");
    new PluginJars(folder)
        .jar("colours-1.0.0.jar")
        .plugin("colours", "1.0.0")
        .source(PluginJars.logHook("Colours", "java.awt.Color.red.toString();"))
        .index("test.plugin.Colours")
        .build();
    var verify = new ArrayList<>(program);
    verify.addAll(List.of("plugins", "verify", folder.resolve("colours-1.0.0.jar").toString()));
    assertThat(Distribution.run(folder, verify))
        .contains("java.awt.Color, which this Java, a reduced one, does not have");
    var run = new ArrayList<>(program);
    run.addAll(List.of("run", "--isolate", "all", "--config"));
    run.add(top.resolve("examples/sample-findings/longline.toml").toString());
    run.add(top.resolve("examples/sample-findings/logs").toString());
    assertThat(Distribution.run(folder, run))
        .contains("findings     1 critical, 5 high, 4 medium: 10 different");
  }

  @Test
  void aJavaThatIsTooOldIsNamed() throws Exception {
    var top = Distribution.unpackIn(folder);
    var java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho started\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"11.0.2\"\n");
    var builder = new ProcessBuilder(top.resolve("bin/longline").toString(), "version");
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    var process = builder.redirectErrorStream(true).start();
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo(
            "longline: "
                + java
                + " is Java 11. Install Java 17 or newer, or set JAVA_HOME to it.\n");
    assertThat(process.waitFor()).isEqualTo(3);
  }
}
