package io.longline.plugins.sigma;

import io.longline.api.testing.HookTester;
import io.longline.api.testing.SmallLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rules and logs of a test, in a folder. */
final class TestRules {

  private final Path folder;

  TestRules(Path folder) {
    this.folder = folder;
  }

  /** A rule for the log {@code test}, of which Zeek's fields are not known. */
  static String rule(String detection) {
    return """
        title: A rule
        id: 11111111-0000-0000-0000-000000000001
        level: high
        logsource:
            product: zeek
            service: test
        detection:
        """
        + detection.indent(4);
  }

  Path write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  SigmaSettings settings() {
    return settings(null);
  }

  SigmaSettings settings(@Nullable Path site) {
    return new SigmaSettings(
        List.of(folder.resolve("rules")),
        Optional.ofNullable(site),
        Level.INFORMATIONAL,
        List.of("stable", "test", "experimental"),
        List.of(),
        List.of(),
        false);
  }

  HookTester tester(SigmaSettings settings) {
    return HookTester.of(new SigmaRules()).settings(settings).allowMissing();
  }

  /** Whether a record fulfils a detection, which has to be so whether it is TSV or JSON. */
  static boolean matches(String detection, Path folder, String... cells) throws Exception {
    var rules = new TestRules(folder);
    rules.write("rules/rule.yml", rule(detection));
    var found = new ArrayList<Boolean>();
    for (var log : List.of(SmallLog.tsv("test"), SmallLog.json("test"))) {
      var logs = Files.createTempDirectory(folder, "logs");
      fill(log, cells).writeTo(logs);
      var tester = rules.tester(rules.settings()).process(logs);
      if (!tester.remarks().isEmpty()) {
        throw new AssertionError(tester.remarks());
      }
      found.add(tester.written("sigma").size() == 1);
    }
    if (!found.get(0).equals(found.get(1))) {
      throw new AssertionError(detection + ": TSV " + found.get(0) + ", JSON " + found.get(1));
    }
    return found.get(0);
  }

  /** Cells such as {@code n:count=3}, {@code s:string=text} or {@code u:string} for unset. */
  private static SmallLog fill(SmallLog log, String... cells) {
    var values = new ArrayList<@Nullable Object>();
    log.field("ts", "time");
    values.add("2026-01-31T22:05:00Z");
    log.field("always", "string");
    values.add("there");
    for (var cell : cells) {
      int colon = cell.indexOf(':');
      int equals = cell.indexOf('=');
      var type = cell.substring(colon + 1, equals < 0 ? cell.length() : equals);
      log.field(cell.substring(0, colon), type);
      values.add(equals < 0 ? null : value(type, cell.substring(equals + 1)));
    }
    return log.row(values.toArray());
  }

  private static Object value(String type, String text) {
    if (type.startsWith("vector") || type.startsWith("set")) {
      return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }
    return switch (type) {
      case "count", "port", "int" -> Long.valueOf(text);
      case "double" -> Double.valueOf(text);
      case "bool" -> Boolean.valueOf(text);
      default -> text;
    };
  }
}
