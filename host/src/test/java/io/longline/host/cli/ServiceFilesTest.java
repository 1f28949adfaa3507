package io.longline.host.cli;

import static io.longline.host.testing.PluginJars.logHook;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longline.host.testing.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of an installed service: those for systemd, by its own programs, and the settings. */
class ServiceFilesTest {

  private static final Path SYSTEMD = Path.of("../dist/src/systemd").toAbsolutePath().normalize();
  private static final Path UNIT = SYSTEMD.resolve("longline.service");
  private static final Path SETTINGS = Path.of("../dist/src/deb/longline.toml");

  /** Ten times the exposure level that is too much, less one. */
  private static final String MOST_EXPOSURE = "29";

  @TempDir Path folder;

  /** Runs a program of systemd; returns what it prints. */
  private static String run(String program, String... args)
      throws IOException, InterruptedException {
    boolean isThere =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    if (!isThere && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("There is no " + program + ".");
    }
    assumeTrue(isThere, "SKIPPED: there is no " + program);
    var command = Stream.concat(Stream.of(program), Stream.of(args)).toList();
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }

  @Test
  void theUnitHasNoErrors() throws Exception {
    // The program is not installed here.
    var unit = folder.resolve("longline.service");
    Files.writeString(
        unit, Files.readString(UNIT).replace("ExecStart=/usr/bin/longline", "ExecStart=/bin/true"));
    assertThat(run("systemd-analyze", "verify", "--man=no", unit.toString())).isEmpty();
  }

  @Test
  void theServiceMayDoLittle() throws Exception {
    assertThat(
            run(
                "systemd-analyze",
                "security",
                "--no-pager",
                "--offline=true",
                "--threshold=" + MOST_EXPOSURE,
                UNIT.toString()))
        .contains("Overall exposure level for longline.service");
  }

  @Test
  void theUserOfTheServiceCanBeMade() throws Exception {
    var users = SYSTEMD.resolve("sysusers.d/longline.conf").toString();
    var root = Files.createDirectories(folder.resolve("etc")).getParent().toString();
    run("systemd-sysusers", "--root=" + root, users);
    assertThat(folder.resolve("etc/passwd"))
        .content()
        .contains("longline:")
        .contains(":/var/lib/longline:");
  }

  @Test
  void theFoldersOfTheServiceCanBeMade() throws Exception {
    Files.createDirectories(folder.resolve("etc"));
    Files.writeString(
        folder.resolve("etc/passwd"),
        "root:x:0:0::/:/bin/sh\nlongline:x:%d:%d::/:/bin/sh\n".formatted(uid(), uid()));
    Files.writeString(folder.resolve("etc/group"), "root:x:0:\nlongline:x:%d:\n".formatted(uid()));
    assumeTrue(uid() == 0, "only root may give folders to another user");
    run(
        "systemd-tmpfiles",
        "--create",
        "--root=" + folder,
        SYSTEMD.resolve("tmpfiles.d/longline.conf").toString());
    assertThat(folder.resolve("var/lib/longline/plugins")).isDirectory();
    assertThat(folder.resolve("var/lib/longline/output")).isDirectory();
  }

  private int uid() throws IOException {
    return (Integer) Files.getAttribute(folder, "unix:uid");
  }

  @Test
  void theSettingsOfTheServiceAreRight() throws IOException {
    checkSettings(Files.readString(SETTINGS));
  }

  @Test
  void soAreThoseThatACommentOffers() throws IOException {
    var offered = Files.readString(SETTINGS).replaceAll("(?m)^# ([a-z-]+ = |\\[)", "$1");
    assertThat(offered).contains("\n[[watch.roots]]\npath = ").contains("\nworkers = 4\n");
    checkSettings(offered);
  }

  private void checkSettings(String settings) throws IOException {
    new PluginJars(Files.createDirectories(folder.resolve("plugins")))
        .jar("beacons.jar")
        .plugin("beacons", "1.0.0")
        .source(logHook("Beacons", ""))
        .index("test.plugin.Beacons")
        .build();
    var file = folder.resolve("longline.toml");
    Files.writeString(
        file,
        settings
            .replace("/var/lib/longline/", folder + "/")
            .replace("/opt/zeek/logs", folder.toString()));
    var cli = new CliHarness(folder);
    assertThat(cli.run("config", "check", file.toString())).as(cli.err()).isZero();
  }

  @Test
  void theSettingsNameTheFoldersThatTheUnitMakes() throws IOException {
    var unit = Files.readString(UNIT);
    assertThat(unit)
        .contains("StateDirectory=longline longline/output\n")
        .contains("ReadOnlyPaths=-/var/lib/longline/plugins\n");
    assertThat(Files.readString(SETTINGS))
        .contains("\nstate = \"/var/lib/longline/state\"\n")
        .contains("\noutput = \"/var/lib/longline/output\"\n")
        .contains("\nplugins-dir = \"/var/lib/longline/plugins\"\n");
  }
}
