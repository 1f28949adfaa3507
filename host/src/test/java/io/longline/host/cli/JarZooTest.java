package io.longline.host.cli;

import static io.longline.host.testing.PluginJars.logHook;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longline.host.testing.JarBytes;
import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Odd jars of all kinds: what verifying accepts, installing and loading accept, and no other. */
class JarZooTest {

  private static final String SERVICES = "META-INF/services/io.longline.api.LogHook";
  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final String MULTI = "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n";
  private static final String HOOK = "test/plugin/Zoo.class";
  private static final String HELPER = "test/plugin/Helper.class";

  private static final List<String> NOTES = List.of("CLASS_PATH_IGNORED", "HOOK_NOT_DECLARED");

  @TempDir static Path shared;

  @TempDir Path home;

  private static JarBytes good;

  private CliHarness cli;
  private Path outside;

  @BeforeAll
  static void compile() throws IOException {
    var jar =
        new PluginJars(shared)
            .jar("good.jar")
            .source(logHook("Zoo", "new Helper().help(logs);"))
            .source("package test.plugin; class Helper { void help(Object it) { it.hashCode(); } }")
            .entry(MANIFEST, "Manifest-Version: 1.0\r\n\r\n")
            .services("LogHook", "test.plugin.Zoo")
            .build();
    good = JarBytes.of(jar);
  }

  @BeforeEach
  void prepare() throws IOException {
    cli = new CliHarness(home);
    outside = Files.createDirectories(home.resolve("outside"));
  }

  /** What the zoo has, each with the codes that it is to be refused with; none if it is loaded. */
  private static Map<String, List<String>> codes() {
    var codes = new TreeMap<String, List<String>>();
    for (var name :
        List.of(
            "plain",
            "hook-in-versions-11",
            "helper-in-versions-9",
            "newer-version-ignored",
            "broken-base-of-a-version",
            "not-multi-release",
            "signed",
            "services-bom",
            "services-cr",
            "services-comments",
            "services-twice",
            "class-path",
            "prefixed",
            "index-list",
            "nested-module-info",
            "upper-case.JAR")) {
      codes.put(name, List.of());
    }
    codes.put("hook-in-versions-99", List.of("CLASS_MISSING"));
    codes.put("versions-without-manifest", List.of("CLASS_MISSING"));
    codes.put("changed-after-signing", List.of("SIGNATURE_BROKEN"));
    codes.put("added-after-signing", List.of("SIGNATURE_BROKEN"));
    codes.put("stale-signature", List.of("SIGNATURE_BROKEN"));
    codes.put("services-slashes", List.of("BAD_INDEX"));
    codes.put("services-two-in-a-line", List.of("BAD_INDEX"));
    codes.put("services-nul", List.of("BAD_INDEX"));
    codes.put("services-utf16", List.of("BAD_INDEX"));
    codes.put("services-bidi", List.of("BAD_INDEX"));
    codes.put("services-class-ending", List.of("CLASS_MISSING"));
    codes.put("wrong-place", List.of("CLASS_BROKEN"));
    codes.put("boot-inf", List.of("NOT_A_PLUGIN"));
    codes.put("bidi-id", List.of("BAD_MANIFEST"));
    codes.put("escape-in-version", List.of("BAD_MANIFEST"));
    codes.put("escape-in-requires", List.of("BAD_MANIFEST"));
    codes.put("deep-requires", List.of("BAD_MANIFEST"));
    codes.put("huge-manifest", List.of("JAR_TOO_LARGE"));
    codes.put("huge-manifest-other-case", List.of("JAR_TOO_LARGE"));
    codes.put("huge-services", List.of("JAR_TOO_LARGE"));
    codes.put("huge-drivers", List.of("JAR_TOO_LARGE"));
    codes.put("many-services", List.of("JAR_TOO_LARGE"));
    codes.put("huge-class", List.of("JAR_TOO_LARGE"));
    codes.put("huge-name", List.of("JAR_TOO_LARGE"));
    codes.put("many-entries", List.of("JAR_TOO_LARGE"));
    codes.put("same-hashes", List.of("JAR_TOO_LARGE"));
    codes.put("huge-directory", List.of("JAR_TOO_LARGE"));
    codes.put("huge-file", List.of("JAR_TOO_LARGE"));
    codes.put("lying-size", List.of("CLASS_BROKEN"));
    codes.put("empty", List.of("NOT_A_JAR"));
    codes.put("zip.zip", List.of("NOT_A_JAR"));
    codes.put(".hidden.jar", List.of("NOT_A_JAR"));
    codes.put("._apple.jar", List.of("NOT_A_JAR"));
    codes.put("folder", List.of("NOT_A_JAR"));
    codes.put("pipe", List.of("NOT_A_JAR"));
    codes.put("dangling", List.of("NOT_A_JAR"));
    return codes;
  }

  private static List<String> names() {
    return List.copyOf(codes().keySet());
  }

  private Path build(String name) throws IOException, InterruptedException {
    var file = outside.resolve(name.contains(".") ? "x-1.0." + name : name + "-1.0.jar");
    if (name.startsWith(".")) {
      file = outside.resolve(name.replace(".jar", "-1.0.jar"));
    }
    var jar = good.copy();
    switch (name) {
      case "hook-in-versions-11" ->
          jar.put(MANIFEST, MULTI).move(HOOK, "META-INF/versions/11/" + HOOK).write(file);
      case "helper-in-versions-9" ->
          jar.put(MANIFEST, MULTI).move(HELPER, "META-INF/versions/9/" + HELPER).write(file);
      case "hook-in-versions-99" ->
          jar.put(MANIFEST, MULTI).move(HOOK, "META-INF/versions/99/" + HOOK).write(file);
      case "versions-without-manifest" ->
          jar.move(HOOK, "META-INF/versions/11/" + HOOK).write(file);
      case "newer-version-ignored" ->
          jar.put(MANIFEST, MULTI).put("META-INF/versions/99/" + HOOK, "junk").write(file);
      case "broken-base-of-a-version" ->
          jar.put(MANIFEST, MULTI)
              .put("META-INF/versions/17/" + HOOK, jar.get(HOOK))
              .put(HOOK, "junk")
              .write(file);
      case "not-multi-release" -> jar.put("META-INF/versions/11/" + HOOK, "junk").write(file);
      case "signed" -> sign(jar.write(file));
      case "changed-after-signing" ->
          JarBytes.of(sign(jar.write(file))).put(HELPER, jar.get(HOOK)).write(file);
      case "added-after-signing" ->
          JarBytes.of(sign(jar.write(file))).put("test/plugin/New.class", "x").write(file);
      case "stale-signature" ->
          JarBytes.of(sign(jar.write(file)))
              .put(MANIFEST, "Manifest-Version: 1.0\r\nBuilt-By: shade\r\n\r\n")
              .write(file);
      case "services-bom" -> jar.put(SERVICES, "\ufefftest.plugin.Zoo\n").write(file);
      case "services-cr" -> jar.put(SERVICES, "# cr\rtest.plugin.Zoo\r").write(file);
      case "services-comments" ->
          jar.put(SERVICES, "# one\r\n\r\n \t test.plugin.Zoo \t# two\r\n#\u00e4").write(file);
      case "services-twice" ->
          jar.put(SERVICES, "test.plugin.Zoo\ntest.plugin.Zoo\n")
              .put("META-INF/services/io.longline.api.Hook", "test.plugin.Zoo")
              .write(file);
      case "services-slashes" -> jar.put(SERVICES, "test/plugin/Zoo\n").write(file);
      case "services-two-in-a-line" ->
          jar.put(SERVICES, "test.plugin.Zoo, test.plugin.Other\n").write(file);
      case "services-nul" -> jar.put(SERVICES, "test.plugin.Zoo\0\n").write(file);
      case "services-utf16" -> jar.put(SERVICES, "test.plugin.Zoo\n".getBytes(UTF_16)).write(file);
      case "services-bidi" -> jar.put(SERVICES, "test.plugin.\u202eZoo\n").write(file);
      case "services-class-ending" -> jar.put(SERVICES, "test.plugin.Zoo.class\n").write(file);
      case "wrong-place" ->
          jar.move(HOOK, "other/Zoo.class").put(SERVICES, "other.Zoo").write(file);
      case "class-path" ->
          jar.put(MANIFEST, "Manifest-Version: 1.0\r\nClass-Path: lib/a.jar b.jar\r\n\r\n")
              .write(file);
      case "index-list" ->
          jar.put("META-INF/INDEX.LIST", "JarIndex-Version: 1.0\n\nother.jar\norg/other\n")
              .write(file);
      case "nested-module-info" ->
          jar.put("META-INF/versions/9/module-info.class", "junk").write(file);
      case "boot-inf" ->
          jar.move(HOOK, "BOOT-INF/classes/" + HOOK)
              .move(SERVICES, "BOOT-INF/classes/" + SERVICES)
              .write(file);
      case "bidi-id" -> manifest(jar, "Plugin-Id: a\u202eb").write(file);
      case "escape-in-version" ->
          manifest(jar, "Plugin-Version: 1\u001b[31m" + "x".repeat(90_000)).write(file);
      case "escape-in-requires" -> manifest(jar, "Plugin-Requires: \u001b[2J").write(file);
      case "deep-requires" -> manifest(jar, "Plugin-Requires: " + "(".repeat(60_000)).write(file);
      case "huge-manifest" -> jar.put(MANIFEST, lines(5 << 20)).write(file);
      case "huge-manifest-other-case" ->
          jar.move(MANIFEST, "meta-inf/manifest.mf")
              .put("meta-inf/manifest.mf", lines(5 << 20))
              .write(file);
      case "huge-services" -> jar.put(SERVICES, new byte[2 << 20]).write(file);
      case "huge-drivers" ->
          jar.put("META-INF/services/java.sql.Driver", new byte[2 << 20]).write(file);
      case "many-services" -> {
        var text = new StringBuilder();
        for (int i = 0; i <= 1_000; i++) {
          text.append("a.C").append(i).append('\n');
        }
        jar.put(SERVICES, text.toString()).write(file);
      }
      case "huge-class" -> jar.put("a/B.class", new byte[9 << 20]).write(file);
      case "huge-name" -> jar.put("a".repeat(2_000), "").write(file);
      case "many-entries" -> {
        for (int i = 0; i <= 100_000; i++) {
          jar.put("e" + i, "");
        }
        jar.write(file);
      }
      case "same-hashes" -> {
        for (int i = 0; i < 2_048; i++) {
          var letters = new StringBuilder();
          for (int bit = 0; bit < 11; bit++) {
            letters.append((i >> bit & 1) == 0 ? "Aa" : "BB");
          }
          jar.put(letters.toString(), "");
        }
        jar.write(file);
      }
      case "huge-directory" -> hugeDirectory(file);
      case "huge-file" -> {
        try (var sparse = new RandomAccessFile(jar.write(file).toFile(), "rw")) {
          sparse.setLength((1L << 30) + 1);
        }
      }
      case "lying-size" -> Files.write(file, withLyingSize(jar.zip()));
      case "empty" -> Files.createFile(file);
      case "folder" -> Files.createDirectory(file);
      case "pipe" ->
          assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
      case "dangling" -> Files.createSymbolicLink(file, Path.of("/nonexistent/x.jar"));
      case "prefixed" -> {
        var zip = jar.zip();
        var start = "#!/bin/sh\nexec java -jar \"$0\"\n".getBytes(UTF_8);
        var all = Arrays.copyOf(start, start.length + zip.length);
        System.arraycopy(zip, 0, all, start.length, zip.length);
        Files.write(file, all);
      }
      default -> jar.write(file);
    }
    return file;
  }

  private static JarBytes manifest(JarBytes jar, String line) {
    var lines = new StringBuilder("Manifest-Version: 1.0\r\n");
    // A line of a manifest has 72 bytes at most; more follow in the next one, after a space.
    for (int i = 0; i < line.length(); i += 60) {
      lines.append(i == 0 ? "" : " ").append(line, i, Math.min(line.length(), i + 60));
      lines.append("\r\n");
    }
    return jar.put(MANIFEST, lines + "\r\n");
  }

  private static byte[] lines(int size) {
    var bytes = new byte[size];
    Arrays.fill(bytes, (byte) '\n');
    return bytes;
  }

  private Path sign(Path jar) throws IOException, InterruptedException {
    var keys = shared.resolve("keys.p12");
    if (!Files.exists(keys)) {
      tool(
          "keytool",
          "-genkeypair",
          "-alias",
          "k",
          "-keyalg",
          "EC",
          "-dname",
          "CN=zoo",
          "-validity",
          "9",
          "-storepass",
          "secret",
          "-keystore",
          keys.toString());
    }
    tool("jarsigner", "-keystore", keys.toString(), "-storepass", "secret", jar.toString(), "k");
    return jar;
  }

  private static void tool(String name, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(arguments));
    command.add(0, Path.of(System.getProperty("java.home"), "bin", name).toString());
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(name).isZero();
  }

  /** A file that says of itself that it has a directory of 300 MB. */
  private static void hugeDirectory(Path file) throws IOException {
    long size = 300L << 20;
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(size + 22);
      sparse.seek(size);
      var end = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
      end.putInt(0x06054b50).putInt(0).putShort((short) 9).putShort((short) 9).putInt((int) size);
      sparse.write(end.array());
    }
  }

  /** States in the directory of a jar that the class of the hook is shorter than it is. */
  private static byte[] withLyingSize(byte[] zip) {
    var bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < zip.length - HOOK.length(); at++) {
      if (bytes.getInt(at) == 0x02014b50
          && new String(zip, at + 46, HOOK.length(), UTF_8).equals(HOOK)) {
        bytes.putInt(at + 24, 100);
        return zip;
      }
    }
    throw new IllegalArgumentException("no hook");
  }

  private static Set<String> fatal(JsonNode problems) {
    var codes = new TreeSet<String>();
    problems.forEach(
        problem -> {
          var code = problem.get("code").asText();
          if (!NOTES.contains(code)) {
            codes.add(code);
          }
        });
    return codes;
  }

  @ParameterizedTest
  @MethodSource("names")
  void isAcceptedByAllOrByNone(String name) throws IOException, InterruptedException {
    var expected = new TreeSet<>(codes().get(name));
    var jar = build(name);

    int verified = cli.run("plugins", "verify", "--json", jar.toString());
    var report = cli.jsonLines().get(0);
    assertThat(fatal(report.get("findings"))).as("verify %s", report).isEqualTo(expected);
    assertThat(verified).isEqualTo(expected.isEmpty() ? 0 : 1);

    var installed = home.resolve("installed");
    int code = cli.run("plugins", "install", "--plugins", installed.toString(), jar.toString());
    assertThat(code).as("install: " + cli.out() + cli.err()).isEqualTo(verified);
    assertThat(cli.out() + cli.err()).doesNotContain("\u001b", "\u202e");
    assertThat(Files.exists(installed)).isEqualTo(expected.isEmpty());

    cli.run("plugins", "--json", "--plugins", outside.toString());
    var found = cli.jsonLines();
    assertThat(cli.out() + cli.err()).doesNotContain("\u001b", "\u202e");
    if (found.isEmpty()) {
      assertThat(expected).as("passed over by the loader").containsExactly("NOT_A_JAR");
      return;
    }
    var loaded = found.get(0);
    assertThat(fatal(loaded.get("problems"))).as("load %s", loaded).isEqualTo(expected);
    assertThat(loaded.get("state").asText()).isEqualTo(expected.isEmpty() ? "LOADED" : "FAILED");
  }

  @Test
  void aJarIsNotFollowedByItsClassPath() throws IOException, InterruptedException {
    var jar = build("class-path");
    Files.createDirectories(outside.resolve("lib"));
    good.copy().write(outside.resolve("lib/a.jar"));
    var alone = JarBytes.of(jar).put(HELPER, "junk").write(jar);
    assertThat(cli.run("plugins", "verify", alone.toString())).as(cli.out()).isZero();
    assertThat(cli.out())
        .contains("CLASS_PATH_IGNORED", "lib/a.jar b.jar", "Shade these libraries into the jar");
  }

  /** A plugin beside a hostile one is loaded, and called. */
  @Test
  void aHostileJarKeepsNoOtherFromRunning() throws IOException, InterruptedException {
    for (var name :
        List.of(
            "huge-manifest", "huge-services", "huge-drivers", "huge-directory", "deep-requires")) {
      build(name);
    }
    good.copy().write(outside.resolve("fine-1.0.jar"));
    var logs = SampleLogs.directory(home.resolve("logs"), "a");
    int code =
        cli.run("run", "--plugins", outside.toString(), "--output", home + "/out", logs.toString());
    assertThat(code).as(cli.err()).isEqualTo(1);
    assertThat(cli.out()).contains("calls        1 succeeded, 0 failed");
  }
}
