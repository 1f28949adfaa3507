package io.longline.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up while a host works, and has room again. Takes the right to mount. */
@Tag("slow")
class DiskFullTest {

  private static final int DIRECTORIES = 40;

  @TempDir Path folder;

  @Test
  void rowsAreWrittenWhenAFullDiskHasSpaceAgain() throws Exception {
    onSmallDisk(8, this::fillAndFreeSpace);
  }

  @Test
  void windowsAreDoneWhenAFullDiskHasSpaceAgain() throws Exception {
    onSmallDisk(16, this::fillWithParts);
  }

  /** What is done on a disk. */
  private interface OnDisk {
    void use(Path disk) throws Exception;
  }

  private void onSmallDisk(int megabytes, OnDisk test) throws Exception {
    var disk = Files.createDirectories(folder.resolve("disk"));
    boolean isMounted =
        command("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", disk.toString());
    if ("true".equals(System.getenv("CI"))) {
      assertThat(isMounted).as("what CI must be able to do: mount").isTrue();
    }
    assumeTrue(isMounted, "SKIPPED: no right to mount a small disk");
    try {
      test.use(disk);
    } finally {
      command("umount", "-l", disk.toString());
    }
  }

  private void fillAndFreeSpace(Path disk) throws Exception {
    var plugins = Files.createDirectories(folder.resolve("plugins"));
    new PluginJars(plugins)
        .jar("writes.jar")
        .plugin("writes", "1.0.0")
        .source(
            PluginJars.logHook(
                "Writes",
                "var out = context.output(\"rows\").lines(); for (int i = 0; i < 100; i++) out.line(logs.name() + \" \" + i + \"x\".repeat(400));"))
        .index("test.plugin.Writes")
        .build();
    run(plugins, disk, 5);
    assertThat(Files.readAllLines(disk.resolve("out/rows.log")))
        .hasSize(DIRECTORIES * 100)
        .doesNotHaveDuplicates()
        .allMatch(line -> line.endsWith("x".repeat(400)));
  }

  /** Parts and the outputs of windows take the space that outputs take otherwise. */
  private void fillWithParts(Path disk) throws Exception {
    var plugins = Files.createDirectories(folder.resolve("plugins"));
    WindowPlugins.large(plugins);
    run(plugins, disk, 13);
    for (var window : List.of("run", "2024-04-29")) {
      assertThat(Files.readAllLines(disk.resolve("out/large/" + window + ".log")))
          .hasSize(DIRECTORIES * 100)
          .doesNotHaveDuplicates()
          .allMatch(line -> line.endsWith("x".repeat(400)));
    }
  }

  /** Runs a host on directories, on a disk that so many megabytes are taken of until it is full. */
  private void run(Path plugins, Path disk, int taken) throws Exception {
    var logs = Files.createDirectories(folder.resolve("logs"));
    for (int i = 0; i < DIRECTORIES; i++) {
      SampleLogs.directory(logs, "d" + i);
    }
    var ballast = disk.resolve("ballast");
    Files.write(ballast, new byte[taken * 1024 * 1024]);
    try (var host =
        Program.start(
            "run",
            "--plugins",
            plugins.toString(),
            "--output",
            disk.resolve("out").toString(),
            logs.toString())) {
      // Whichever finds the disk full first: an output or the ledger.
      host.awaitErr("No space left on device", "The disk is full");
      assertThat(host.runsFor(1)).isTrue();
      Files.delete(ballast);
      host.rest();
      assertThat(host.exitCode()).as(host.err()).isZero();
    }
  }

  private static boolean command(String... command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
