package io.longline.host.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What the system lets this process have; a service may have other limits. Immutable.
 *
 * @param file {@code /proc/self/limits}, see proc(5)
 */
record LimitsCheck(Path file) implements Check {

  /** Sockets, jars, logs and outputs of a small host. */
  private static final long FEWEST_FILES = 256;

  private static final long FEW_FILES = 4_096;
  private static final long FEWEST_PROCESSES = 200;
  private static final long FEW_PROCESSES = 2_000;

  @Override
  public String name() {
    return "limits";
  }

  @Override
  public List<Diagnosis> make() {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      return List.of(Diagnosis.ok(name(), "not known on this system"));
    }
    var found = new ArrayList<Diagnosis>();
    found.add(
        rated(
            "open files",
            limit(lines, "Max open files"),
            FEWEST_FILES,
            FEW_FILES,
            "Raise it: ulimit -n 65536, or LimitNOFILE=65536 in the unit of a service."));
    found.add(
        rated(
            "processes and threads",
            limit(lines, "Max processes"),
            FEWEST_PROCESSES,
            FEW_PROCESSES,
            "Raise it: ulimit -u 8192, or LimitNPROC=8192 in the unit of a service."));
    for (var size : List.of("Max file size", "Max address space")) {
      var limit = limit(lines, size);
      if (limit.isPresent()) {
        found.add(
            Diagnosis.warning(
                name(),
                "%s is limited to %d bytes".formatted(size.replace("Max ", ""), limit.getAsLong()),
                "Java and large outputs need more than one thinks: set it to unlimited."));
      }
    }
    return found;
  }

  private Diagnosis rated(String what, OptionalLong limit, long fewest, long few, String remedy) {
    if (limit.isEmpty()) {
      return Diagnosis.ok(name(), "any number of " + what);
    }
    long number = limit.getAsLong();
    var result = number + " " + what;
    if (number < fewest) {
      return Diagnosis.fault(name(), result + " are too few", remedy);
    }
    return number < few
        ? Diagnosis.warning(name(), result + " are few", remedy)
        : Diagnosis.ok(name(), result);
  }

  /** The soft limit; empty if there is none. */
  private static OptionalLong limit(List<String> lines, String name) {
    var row = Pattern.compile(Pattern.quote(name) + " +(\\d{1,18}) .*");
    for (var line : lines) {
      var matcher = row.matcher(line);
      if (matcher.matches()) {
        return OptionalLong.of(Long.parseLong(matcher.group(1)));
      }
    }
    return OptionalLong.empty();
  }
}
