package io.longline.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.doctor.Diagnosis.Level;
import io.longline.host.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks of a machine, each with a good state and bad ones. */
class MachineChecksTest {

  private static final Set<String> MODULES =
      Set.of(
          "java.base",
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.sql",
          "java.xml",
          "jdk.crypto.ec",
          "jdk.unsupported",
          "jdk.zipfs");

  @TempDir Path folder;

  private static Diagnosis only(Check check) {
    var found = check.make();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static void is(Diagnosis found, Level level, String result, String remedy) {
    assertThat(found.level()).as(found.toString()).isEqualTo(level);
    assertThat(found.result()).contains(result);
    assertThat(found.remedy()).contains(remedy);
  }

  @Test
  void java() {
    var properties = new HashMap<String, String>();
    properties.put("java.version", "17.0.15");
    properties.put("java.specification.version", "17");
    properties.put("java.vendor", "Debian");
    is(only(new JavaCheck(properties, MODULES)), Level.OK, "17.0.15 (Debian)", "");
    var fewer = new HashSet<>(MODULES);
    fewer.remove("java.net.http");
    is(
        only(new JavaCheck(properties, fewer)),
        Level.WARNING,
        "lacks the modules java.net.http",
        "whole Java runtime");
    var withoutCurves = new HashSet<>(MODULES);
    withoutCurves.remove("jdk.crypto.ec");
    is(only(new JavaCheck(properties, withoutCurves)), Level.WARNING, "jdk.crypto.ec", "whole");
    properties.put("java.specification.version", "25");
    is(only(new JavaCheck(properties, withoutCurves)), Level.OK, "", "");
    properties.put("java.specification.version", "11");
    is(only(new JavaCheck(properties, MODULES)), Level.FAULT, "too old", "Java 17");
    properties.put("java.specification.version", "1.8");
    is(only(new JavaCheck(properties, MODULES)), Level.FAULT, "too old", "Java 17");
  }

  @Test
  void locale() {
    is(
        only(new LocaleCheck(Map.of("sun.jnu.encoding", "UTF-8"), Map.of("LANG", "de_DE.UTF-8"))),
        Level.OK,
        "locale de_DE.UTF-8",
        "");
    is(
        only(
            new LocaleCheck(
                Map.of("sun.jnu.encoding", "ANSI_X3.4-1968"),
                Map.of("LC_ALL", "POSIX", "LANG", "de_DE.UTF-8"))),
        Level.WARNING,
        "names of files in ANSI_X3.4-1968, texts in unknown, locale POSIX",
        "LC_ALL=C.UTF-8");
  }

  private List<Diagnosis> limits(String... lines) throws IOException {
    var file = folder.resolve("limits");
    Files.writeString(
        file,
        "Limit                     Soft Limit           Hard Limit           Units     \n"
            + String.join("\n", lines));
    return new LimitsCheck(file).make();
  }

  @Test
  void limits() throws IOException {
    var good =
        limits(
            "Max file size             unlimited            unlimited            bytes     ",
            "Max processes             96365                96365                processes ",
            "Max open files            20000                20000                files     ");
    assertThat(good).hasSize(2);
    is(good.get(0), Level.OK, "20000 open files", "");
    is(good.get(1), Level.OK, "96365 processes", "");
    var unlimited = limits("Max processes             unlimited            unlimited   processes ");
    is(unlimited.get(1), Level.OK, "any number of processes", "");
    var few =
        limits(
            "Max file size             1000000              unlimited            bytes     ",
            "Max processes             100                  96365                processes ",
            "Max open files            1024                 524288               files     ",
            "Max address space         4000000000           unlimited            bytes     ");
    is(few.get(0), Level.WARNING, "1024 open files are few", "ulimit -n");
    is(few.get(1), Level.FAULT, "100 processes and threads are too few", "ulimit -u");
    is(few.get(2), Level.WARNING, "file size is limited to 1000000 bytes", "unlimited");
    is(few.get(3), Level.WARNING, "address space is limited", "unlimited");
    is(limits("Max open files            100   100  files").get(0), Level.FAULT, "too few", "-n");
    is(only(new LimitsCheck(folder.resolve("none"))), Level.OK, "not known", "");
  }

  @Test
  void clock() throws IOException {
    var timesync = folder.resolve("timesync");
    var clock = new ManualClock("2026-11-27T13:00:00Z");
    var nanos = new AtomicLong();
    var check = new ClockCheck(clock, nanos::get, timesync);
    is(only(check), Level.OK, "2026-11-27T13:00:00Z; whether", "");
    clock.advance(Duration.ofSeconds(3));
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    Files.createDirectories(timesync);
    is(only(check), Level.WARNING, "has not reached a server", "timedatectl");
    Files.createFile(timesync.resolve("synchronized"));
    is(only(check), Level.OK, "kept right by systemd-timesyncd", "");
    clock.advance(Duration.ofSeconds(-7));
    is(check.make().get(0), Level.WARNING, "changed by -7000 ms", "small steps");
    var unset = new ManualClock("1970-01-01T00:00:09Z");
    is(
        new ClockCheck(unset, nanos::get, timesync).make().get(0),
        Level.FAULT,
        "it is the year 1970",
        "Set the clock");
  }

  @Test
  void settings() {
    is(only(new SettingsCheck("/etc/longline.toml", List.of())), Level.OK, "/etc/longline", "");
    var bad = new SettingsCheck("", List.of("a.toml:1: no.", "a.toml:2: no."));
    assertThat(bad.make()).hasSize(2);
    is(bad.make().get(1), Level.FAULT, "a.toml:2: no", "docs/configuration.md");
  }
}
