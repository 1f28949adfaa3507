package io.longline.host.cli;

import static io.longline.host.testing.PluginJars.logHook;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longline.host.testing.JsonSchema;
import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that commands print as JSON is as {@code docs/json-schema.json} has it. */
class JsonSchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What these commands cannot be made to print, and other tests see. */
  private static final List<String> NOT_PRINTED =
      List.of(
          "plugin",
          "project",
          "batches",
          "unavailable",
          "unavailable_batch",
          "recognized_log",
          "not_taken_yet");

  @TempDir Path home;

  private final TreeSet<String> seen = new TreeSet<>();
  private final SoftAssertions softly = new SoftAssertions();
  private JsonSchema schema;
  private CliHarness cli;

  @Test
  void eachObjectFitsTheSchema() throws IOException {
    schema = JsonSchema.in(Path.of("../docs/json-schema.json"));
    var plugins = Files.createDirectories(home.resolve("plugins-dir"));
    jar(
        plugins,
        "bad",
        logHook("Bad", "context.warn(\"odd\"); throw new IllegalStateException();"));
    jar(
        plugins,
        "reads",
        """
        package test.plugin;
        import io.longline.api.*;
        public class Reads implements RecordHook {
          public Interest interest() { return Interest.in("conn").fields("nope").andIn("nothing"); }
          public RecordSink open(LogDirectory logs, HookContext context) { return record -> {}; }
        }
        """);
    jar(
        plugins,
        "counts",
        """
        package test.plugin;
        import io.longline.api.*;
        public class Counts implements LogHook, WindowHook {
          public java.util.List<Windows> windows() { return java.util.List.of(Windows.wholeRun()); }
          public void process(LogDirectory logs, HookContext context) throws Exception { context.part().put(0, "key", new byte[0]); }
          public void close(Window window, WindowFacts facts, HookContext context) throws Exception { context.output("counts").lines().line("x"); context.warn("odd"); context.finding(Finding.of("rule", Finding.Severity.LOW).at(0).score(0.5)); }
        }
        """);
    var jar = plugins.resolve("bad.jar").toString();
    var directory = SampleLogs.directory(Files.createDirectories(home.resolve("logs")), "a");
    Files.writeString(directory.resolve("conn.log"), "#fields\ta\n#types\tstring\n1\n1\t2\t3\n");
    Files.writeString(directory.resolve("dns.log.part"), "#fields\ta\n#types\tstring\n1\n");
    var output = home.resolve("out").toString();
    var state = output + "/.longline";
    cli = new CliHarness(home);
    check("run", "--json", "--max-attempts", "1", "--output", output, home + "/logs");
    for (var line : Files.readAllLines(home.resolve("out/warnings.jsonl"))) {
      check(JSON.readTree(line));
    }
    Files.writeString(directory.resolve("conn.log"), "#fields\ta\n#types\tstring\n1\n1\t2\t3\n2\n");
    check("run", "--json", "--output", output, home + "/logs", home + "/logs/gone");
    check("enqueue", "--json", "--state", state, home + "/logs");
    check("status", "--json", "--state", state);
    check("status", "--json", "--state", state, directory.toString());
    check("windows", "--json", "--state", state);
    check("warnings", "--state", state);
    check("report", "--json", output);
    check("dead", "list", "--json", "--state", state);
    check("dead", "show", "--json", "--state", state);
    check("prune", "--json", "--keep", "1d", "--state", state);
    check("plugins", "--json");
    check("plugins", "bad", "--json");
    check("plugins", "verify", "--json", jar);
    check("plugins", "install", "--json", "--plugins", home.resolve("other").toString(), jar);
    var other = home.resolve("other").toString();
    jar(home.resolve("other"), "locked", PluginJars.goodHook("Locked"));
    check("plugins", "lock", "--all", "--json", "--plugins", other);
    check("plugins", "bundle", home.resolve("b.zip").toString(), "--json", "--plugins", other);
    var site = home.resolve("site");
    jar(site, "locked", PluginJars.goodHook("Locked"));
    check("plugins", "index", site.toString(), "--json");
    check("plugins", "search", "--json", "--index", site.toString(), "--plugins", other);
    new PluginJars(site)
        .jar("newer.jar")
        .plugin("locked", "999.0.0")
        .source(PluginJars.goodHook("Locked"))
        .index("test.plugin.Locked")
        .build();
    check("plugins", "index", site.toString(), "--json");
    check("plugins", "outdated", "--json", "--index", site.toString(), "--plugins", other);
    check("plugins", "pin", "locked", "--json", "--plugins", other);
    check("config", "--json");
    check("version", "--json");
    check("doctor", "--json", "--state", state);
    softly.assertAll();
    var missing = new TreeSet<>(schema.alternatives());
    missing.removeAll(seen);
    missing.removeAll(NOT_PRINTED);
    assertThat(missing).as("alternatives that nothing printed").isEmpty();
  }

  private static void jar(Path plugins, String id, String source) throws IOException {
    var name = Character.toUpperCase(id.charAt(0)) + id.substring(1);
    new PluginJars(plugins)
        .jar(id + ".jar")
        .plugin(id, "1.0.0")
        .source(source)
        .index("test.plugin." + name)
        .build();
  }

  private void check(String... args) throws IOException {
    cli.run(args);
    var objects = cli.jsonLines();
    assertThat(objects).as("what %s prints; %s", List.of(args), cli.err()).isNotEmpty();
    for (var object : objects) {
      check(object);
    }
  }

  private void check(JsonNode object) {
    var fitting = schema.fitting(object);
    softly.assertThat(fitting).as("%s: %s", object, problems(object)).hasSize(1);
    seen.addAll(fitting);
  }

  /** What keeps an object from fitting what its type says. */
  private List<String> problems(JsonNode object) {
    var problems = new ArrayList<String>();
    for (var alternative : schema.alternatives()) {
      var each = schema.problems(alternative, object);
      if (each.stream().noneMatch(problem -> problem.startsWith(".type is"))) {
        problems.addAll(each);
      }
    }
    return problems;
  }
}
