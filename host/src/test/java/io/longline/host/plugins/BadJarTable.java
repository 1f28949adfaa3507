package io.longline.host.plugins;

import static io.longline.host.testing.PluginJars.goodHook;
import static io.longline.host.testing.PluginJars.logHook;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.api.ExtractedFiles;
import io.longline.api.Hook;
import io.longline.api.LogHook;
import io.longline.host.testing.PluginJars;
import io.longline.host.trust.PluginTrust;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.pf4j.JarPluginManager;

/**
 * Makes {@code docs/bad-jars.md}: builds each bad jar beside a good one, has stock pf4j and
 * Longline load both, and writes down the results. {@code benchmarks/bad-jars} runs it.
 */
public final class BadJarTable {

  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final long STOCK_SECONDS = 4;

  private static final String HEAD =
      """
      # What bad jars do

      Each row is a bad jar (or two) beside a good plugin with one hook, loaded by stock pf4j (`JarPluginManager`: `loadPlugins`, `startPlugins`, `getExtensions(LogHook.class)`) and by Longline. The table is made by `benchmarks/bad-jars`, which builds the jars and writes down what it sees; a test makes it again. What hooks do when they are called is in `HookZooTest`.

      | the bad jar | stock pf4j: is the good hook there? | what stock pf4j says | Longline: is the good hook there? | what Longline says |
      |---|---|---|---|---|
      """;

  /** Builds the bad jars of a case. */
  private interface Builder {
    void build(PluginJars jars) throws IOException;
  }

  private static final Map<String, Builder> CASES = new LinkedHashMap<>();

  private static PluginJars.Jar jar(PluginJars jars, String className, String source) {
    return jars.jar("bad.jar")
        .plugin("bad", "1.0.0")
        .source(source)
        .index("test.plugin." + className);
  }

  private static String withMember(String member) {
    return goodHook("Bad").replace("implements LogHook {", "implements LogHook { " + member);
  }

  static {
    CASES.put("none", jars -> {});
    CASES.put("an empty file", jars -> write(jars, new byte[0]));
    CASES.put("a text", jars -> write(jars, "this is no jar".getBytes(UTF_8)));
    CASES.put(
        "a jar that is cut off",
        jars -> {
          var file = jar(jars, "Bad", goodHook("Bad")).build();
          var bytes = Files.readAllBytes(file);
          Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        });
    CASES.put(
        "no manifest and no index",
        jars -> jars.jar("bad.jar").entry("readme.txt", "nothing").build());
    CASES.put(
        "no manifest, a services file",
        jars ->
            jars.jar("served-1.0.jar")
                .source(goodHook("Served"))
                .services("LogHook", "test.plugin.Served")
                .build());
    CASES.put("a class for Java 99", jars -> jar(jars, "Bad", goodHook("Bad")).buildForJava(99));
    CASES.put(
        "a constructor that throws an Error",
        jars -> jar(jars, "Bad", withMember("public Bad() { throw new Error(\"no\"); }")).build());
    CASES.put(
        "a constructor that throws an exception",
        jars ->
            jar(
                    jars,
                    "Bad",
                    withMember("public Bad() { throw new IllegalStateException(\"no\"); }"))
                .build());
    CASES.put(
        "a static initialiser that fails",
        jars ->
            jar(jars, "Bad", withMember("static { if (true) throw new Error(\"no\"); }")).build());
    CASES.put(
        "a static initialiser that hangs",
        jars ->
            jar(
                    jars,
                    "Bad",
                    withMember(
                        "static { try { Thread.sleep(1_000_000); } catch (InterruptedException e) { } }"))
                .build());
    CASES.put(
        "an index that names a class that is not there",
        jars -> jar(jars, "Bad", goodHook("Bad")).withoutClasses().build());
    CASES.put(
        "a dependency that is not there",
        jars ->
            jar(jars, "Bad", goodHook("Bad"))
                .manifest("Plugin-Dependencies", "nobody@>=1.0.0")
                .build());
    CASES.put(
        "two plugins that depend on each other",
        jars -> {
          jar(jars, "Bad", goodHook("Bad")).manifest("Plugin-Dependencies", "worse").build();
          jars.jar("worse.jar")
              .plugin("worse", "1.0.0")
              .manifest("Plugin-Dependencies", "bad")
              .source(goodHook("Worse"))
              .index("test.plugin.Worse")
              .build();
        });
    CASES.put(
        "the good plugin's id again, older",
        jars ->
            jars.jar("a-copy.jar")
                .plugin("good", "0.9.0")
                .source(goodHook("Older"))
                .index("test.plugin.Older")
                .build());
    CASES.put(
        "no version in the manifest or the file's name",
        jars ->
            jars.jar("bad.jar")
                .manifest("Plugin-Id", "bad")
                .source(goodHook("Bad"))
                .index("test.plugin.Bad")
                .build());
    CASES.put(
        "`Plugin-Requires: >=9.0.0`",
        jars -> jar(jars, "Bad", goodHook("Bad")).manifest("Plugin-Requires", ">=9.0.0").build());
    CASES.put(
        "plugin-api in the jar",
        jars ->
            jar(jars, "Bad", goodHook("Bad"))
                .bundle(LogHook.class)
                .bundle(Hook.class)
                .bundle(ExtractedFiles.class)
                .build());
    CASES.put(
        "a services file that names a class that is not a hook",
        jars ->
            jars.jar("bad.jar")
                .plugin("bad", "1.0.0")
                .source("package test.plugin; public class Plain { }")
                .services("LogHook", "test.plugin.Plain")
                .build());
    CASES.put(
        "a hook in the services file of another interface",
        jars ->
            jars.jar("bad.jar")
                .plugin("bad", "1.0.0")
                .source(goodHook("Bad"))
                .services("RecordHook", "test.plugin.Bad")
                .build());
    CASES.put(
        "a hook without a services file",
        jars -> jars.jar("bad.jar").plugin("bad", "1.0.0").source(goodHook("Bad")).build());
    CASES.put(
        "a hook whose class is not public",
        jars -> jar(jars, "Bad", goodHook("Bad").replace("public class", "class")).build());
    CASES.put(
        "an `interest()` that returns null",
        jars ->
            jar(
                    jars,
                    "Bad",
                    "package test.plugin; import io.longline.api.*; public class Bad implements RecordHook { public Interest interest() { return null; } public RecordSink open(LogDirectory logs, HookContext context) { return record -> { }; } }")
                .build());
    CASES.put(
        "two hooks of one name",
        jars ->
            jar(jars, "Bad", withMember("public String name() { return \"same\"; }"))
                .source(
                    logHook("Twin", "")
                        .replace(
                            "implements LogHook {",
                            "implements LogHook { public String name() { return \"same\"; }"))
                .index("test.plugin.Bad", "test.plugin.Twin")
                .build());
  }

  private static void write(PluginJars jars, byte[] bytes) throws IOException {
    // The jar is built only to find out the folder.
    var file = jars.jar("bad.jar").entry("x", "").build();
    Files.write(file, bytes);
  }

  private BadJarTable() {}

  /** Prints the page to the standard output. */
  public static void main(String[] args) throws Exception {
    var out = new PrintStream(System.out, true, UTF_8);
    out.print(page());
    out.flush();
    Runtime.getRuntime().halt(0); // A thread may hang in a static initialiser.
  }

  /** The page. */
  static String page() throws Exception {
    var text = new StringBuilder(HEAD);
    for (var each : CASES.entrySet()) {
      var folder = Files.createTempDirectory("bad-jars");
      try {
        var jars = new PluginJars(folder);
        jars.jar("good.jar")
            .plugin("good", "1.0.0")
            .source(goodHook("Good"))
            .index("test.plugin.Good")
            .build();
        each.getValue().build(jars);
        var stock = stock(folder);
        var ours = longline(folder);
        text.append("| %s | %s | %s |%n".formatted(each.getKey(), stock, ours));
      } finally {
        try (var files = Files.walk(folder)) {
          for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }
    return text.toString();
  }

  private static String stock(Path folder) throws Exception {
    var said = new ArrayList<String>();
    var task =
        new FutureTask<>(
            () -> {
              var manager = new JarPluginManager(folder);
              step(said, "loadPlugins()", manager::loadPlugins);
              step(said, "startPlugins()", manager::startPlugins);
              var found = new ArrayList<String>();
              step(
                  said,
                  "getExtensions()",
                  () ->
                      manager
                          .getExtensions(LogHook.class)
                          .forEach(hook -> found.add(hook.getClass().getSimpleName())));
              return List.copyOf(found);
            });
    var thread = new Thread(task, "stock");
    thread.setDaemon(true);
    thread.start();
    boolean isGoodThere;
    try {
      isGoodThere = task.get(STOCK_SECONDS, TimeUnit.SECONDS).contains("Good");
    } catch (TimeoutException e) {
      said.add("hangs");
      isGoodThere = false;
    } catch (ExecutionException e) {
      said.add(String.valueOf(e.getCause()));
      isGoodThere = false;
    }
    return (isGoodThere ? "yes" : "**no**")
        + " | "
        + (said.isEmpty() ? "nothing but log lines" : cell(String.join("; ", said), folder));
  }

  private static void step(List<String> said, String name, Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      said.add("`" + name + "` throws " + e.getClass().getSimpleName());
    }
  }

  private static String longline(Path folder) throws IOException {
    try (var catalog = PluginCatalog.load(folder, PluginTrust.ANY, LIMIT)) {
      boolean isGoodThere =
          catalog.hooks().stream().anyMatch(hook -> hook.id().equals("good/Good"));
      var problems =
          catalog.problems().stream()
              .map(problem -> "`" + problem.code() + "`: " + problem.sentence())
              .collect(Collectors.joining(" "));
      return (isGoodThere ? "yes" : "**no**")
          + " | "
          + (problems.isEmpty() ? "nothing is wrong" : cell(problems, folder));
    }
  }

  private static String cell(String text, Path folder) {
    return text.replace(folder + "/", "")
        .replaceAll("hangs at .*?\\)", "hangs at …")
        .replaceAll("this is Java \\d+", "this is Java N")
        .replaceAll("up to \\d+\\.\\d+", "up to N")
        .replaceAll("\\s+", " ")
        .replace("|", "\\|");
  }
}
