package io.longline.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks that do the worst that hooks can do, beside the bundled plugins on the sample logs. */
@Tag("slow")
class HookZooTest {

  /** Hooks that would end the host if they ran in one of its threads. */
  private static final Set<String> DEADLY =
      Set.of("Exits", "Halts", "FillsHeap", "FillsMetaspace", "Crashes", "FloodsThreads");

  /** Hooks that succeed, since they harm no other code. */
  private static final Set<String> HARMLESS = Set.of("FloodsOutput", "LeaksThreads", "Tricks");

  private static final Map<String, String> ZOO = new LinkedHashMap<>();

  static {
    ZOO.put("Exits", "System.exit(3);");
    ZOO.put("Halts", "Runtime.getRuntime().halt(4);");
    ZOO.put(
        "FillsHeap",
        "var all = new java.util.ArrayList<byte[]>(); for (;;) all.add(new byte[1 << 20]);");
    ZOO.put(
        "FillsMetaspace",
        """
        byte[] bytes;
        try (var in = Helper.class.getResourceAsStream("Helper.class")) { bytes = in.readAllBytes(); }
        var all = new java.util.ArrayList<Class<?>>();
        for (;;) {
          all.add(new ClassLoader(null) { Class<?> make(byte[] b) { return defineClass(null, b, 0, b.length); } }.make(bytes));
        }
        """);
    ZOO.put("Recurses", "process(logs, context);");
    ZOO.put("LoopsForEver", "for (long i = 0; ; i++) { if (i < 0) break; }");
    ZOO.put(
        "Deadlocks",
        """
        Object one = new Object(), two = new Object();
        var locked = new java.util.concurrent.CountDownLatch(2);
        var other = new Thread(() -> { synchronized (two) { locked.countDown(); try { locked.await(); } catch (InterruptedException e) { } synchronized (one) { } } });
        other.setDaemon(true);
        other.start();
        synchronized (one) { locked.countDown(); locked.await(); synchronized (two) { } }
        """);
    ZOO.put(
        "FloodsOutput",
        "var line = \"x\".repeat(999) + \"\\n\"; for (int i = 0; i < 1_000_000; i++) System.out.print(line);");
    ZOO.put(
        "Crashes",
        """
        var field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        ((sun.misc.Unsafe) field.get(null)).putAddress(8L, 1L);
        """);
    ZOO.put(
        "LeaksThreads",
        "for (int i = 0; i < 20; i++) { var t = new Thread(() -> { for (;;) java.util.concurrent.locks.LockSupport.park(); }); t.start(); }");
    ZOO.put(
        "FloodsThreads",
        "for (;;) { var t = new Thread(() -> { for (;;) java.util.concurrent.locks.LockSupport.park(); }); t.setDaemon(true); t.start(); }");
    ZOO.put("SaysMuch", "throw new IllegalStateException(\"x\".repeat(50_000_000));");
    ZOO.put(
        "CannotBeTold",
        """
        throw new RuntimeException() {
          public String toString() { throw new Error("toString"); }
          public String getMessage() { throw new Error("getMessage"); }
          public StackTraceElement[] getStackTrace() { throw new Error("getStackTrace"); }
          public synchronized Throwable getCause() { throw new Error("getCause"); }
        };
        """);
    ZOO.put("ThrowsError", "throw new java.util.zip.ZipError(\"an Error\");");
    ZOO.put("ThrowsThreadDeath", "throw new ThreadDeath();");
    ZOO.put("LinksNothing", "throw new NoClassDefFoundError(\"test/plugin/Gone\");");
    ZOO.put(
        "Tricks",
        """
        Thread.currentThread().setContextClassLoader(null);
        Thread.currentThread().interrupt();
        Thread.setDefaultUncaughtExceptionHandler((t, e) -> Runtime.getRuntime().halt(5));
        try { Class.forName("io.longline.host.Main"); throw new Error("the host's classes can be seen"); } catch (ClassNotFoundException e) { }
        ((java.io.Closeable) getClass().getClassLoader()).close();
        """);
  }

  @TempDir Path folder;

  private Path plugins;

  @BeforeEach
  void copyTheBundledPlugins() throws Exception {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    try (var jars = Files.newDirectoryStream(Checkout.plugins(), "*.jar")) {
      for (var jar : jars) {
        Files.copy(jar, plugins.resolve(jar.getFileName()));
      }
    }
  }

  private void addZoo(Set<String> without) throws Exception {
    for (var animal : ZOO.entrySet()) {
      if (!without.contains(animal.getKey())) {
        new PluginJars(plugins)
            .jar("zoo-" + animal.getKey() + ".jar")
            .plugin("zoo-" + animal.getKey().toLowerCase(java.util.Locale.ROOT), "1.0.0")
            .source(PluginJars.logHook(animal.getKey(), animal.getValue()))
            .source("package test.plugin; public class Helper { }")
            .index("test.plugin." + animal.getKey())
            .build();
      }
    }
  }

  private List<String> run(String output, int expectedCode, String... more) throws Exception {
    var args = new ArrayList<String>(List.of("run", "--json", "--max-attempts", "1"));
    args.addAll(List.of("--plugins", plugins.toString()));
    args.addAll(List.of("--output", folder.resolve(output).toString()));
    args.addAll(List.of(more));
    args.add(Checkout.sampleLogs().toString());
    try (var program = Program.start(args.toArray(String[]::new))) {
      var lines = program.rest();
      int code = program.exitCode();
      var err = program.err();
      // The output printed by hooks is limited, in the log as well.
      assertThat(err.length()).isLessThan(20_000_000);
      assertThat(code).as(err.substring(Math.max(0, err.length() - 5_000))).isEqualTo(expectedCode);
      return lines;
    }
  }

  /** The outputs, without the times in their headers; the order of directories is nobody's. */
  private Map<String, List<String>> outputs(String output) throws Exception {
    var root = folder.resolve(output);
    var contents = new TreeMap<String, List<String>>();
    try (var files = Files.walk(root)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var name = root.relativize(file).toString();
        if (!name.startsWith(".longline") && !name.equals("warnings.jsonl")) {
          contents.put(
              name,
              Files.readAllLines(file).stream()
                  .filter(line -> !line.startsWith("#"))
                  .sorted()
                  .toList());
        }
      }
    }
    return contents;
  }

  private void check(List<String> lines, String output, Set<String> without) throws Exception {
    assertThat(outputs(output)).isEqualTo(outputs("alone")).isNotEmpty();
    var summary = Checkout.json(lines.get(lines.size() - 1));
    for (var animal : ZOO.keySet()) {
      if (without.contains(animal)) {
        continue;
      }
      var hook = "zoo-" + animal.toLowerCase(java.util.Locale.ROOT) + "/" + animal;
      var outcomes =
          lines.stream()
              .filter(
                  line ->
                      line.contains("\"hook\":\"" + hook + "\"") && line.contains("\"outcome\""))
              .toList();
      if (HARMLESS.contains(animal)) {
        assertThat(summary.get("failed").has(hook)).as(animal).isFalse();
        assertThat(summary.get("succeeded").get(hook).asInt()).as(animal).isPositive();
      } else {
        assertThat(summary.get("succeeded").has(hook)).as(animal).isFalse();
        assertThat(summary.get("failed").get(hook).asInt()).as(animal).isPositive();
      }
      assertThat(outcomes).as(animal).isNotEmpty();
    }
    assertThat(summary.get("directories_not_processed").asInt()).isZero();
  }

  @Test
  void inProcessesNoHookHarmsOthers() throws Exception {
    run("alone", 0);
    addZoo(Set.of());
    var lines =
        run(
            "zoo",
            1,
            "--isolate",
            "all",
            "--hook-timeout",
            "15s",
            "--set",
            "plugins.zoo-floodsoutput.timeout=90s",
            "--set",
            "plugins.zoo-loopsforever.timeout=1s",
            "--set",
            "plugins.zoo-deadlocks.timeout=1s");
    check(lines, "zoo", Set.of());
    var messages =
        lines.stream()
            .filter(line -> line.contains("\"message\""))
            .collect(Collectors.joining("\n"));
    assertThat(messages)
        .contains("The plugin's process ended with exit code 3; it said nothing.")
        .contains("The plugin's process ended with exit code 4; it said nothing.")
        .contains("java.lang.OutOfMemoryError: Java heap space")
        .contains("java.lang.OutOfMemoryError: Metaspace")
        .contains("SIGSEGV")
        .contains("There are more than 2000 threads");
  }

  private List<Path> jars() throws IOException {
    try (var files = Files.list(plugins)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  @Test
  void aPluginProcessEndsWithItsHost() throws Exception {
    new PluginJars(plugins)
        .jar("sleeps.jar")
        .plugin("sleeps", "1.0.0")
        .source(
            PluginJars.logHook(
                "Sleeps",
                "java.nio.file.Files.writeString(java.nio.file.Path.of(\"%s\"), \"\"); for (;;) { try { Thread.sleep(1_000_000); } catch (InterruptedException e) { } }"
                    .formatted(folder.resolve("sleeping"))))
        .index("test.plugin.Sleeps")
        .build();
    try (var program =
        Program.start(
            "run",
            "--isolate",
            "all",
            "--plugins",
            plugins.toString(),
            "--output",
            folder.resolve("killed").toString(),
            Checkout.sampleLogs().toString())) {
      while (!Files.exists(folder.resolve("sleeping"))) {
        assertThat(program.process().isAlive()).as(program.err()).isTrue();
        Thread.onSpinWait();
      }
      var workers = program.process().children().toList();
      assertThat(workers).hasSameSizeAs(jars());
      program.signal("KILL");
      program.exitCode();
      for (var worker : workers) {
        worker.onExit().get(20, java.util.concurrent.TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void inThreadsOnlyHooksThatEndTheProcessHarmOthers() throws Exception {
    run("alone", 0);
    addZoo(DEADLY);
    var lines =
        run(
            "zoo",
            1,
            "--hook-timeout",
            "15s",
            "--set",
            "plugins.zoo-floodsoutput.timeout=90s",
            "--set",
            "plugins.zoo-loopsforever.timeout=1s",
            "--set",
            "plugins.zoo-deadlocks.timeout=1s");
    check(lines, "zoo", DEADLY);
  }
}
