package io.longline.host.plugins;

import static io.longline.host.testing.PluginJars.goodHook;
import static io.longline.host.testing.PluginJars.logHook;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.Hook;
import io.longline.api.LogHook;
import io.longline.host.plugins.PluginProblem.Code;
import io.longline.host.testing.JarBytes;
import io.longline.host.testing.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** Each finding, with a jar that has nothing else wrong. */
class JarVerifierTest {

  @TempDir Path folder;

  private PluginJars jars;

  @BeforeEach
  void prepare() {
    jars = new PluginJars(folder);
  }

  private PluginJars.Jar jar() {
    return jars.jar("p.jar").plugin("p", "1.0.0");
  }

  /** A jar with a hook of this source, whose name is Tested. */
  private PluginJars.Jar hook(String source) {
    return jar().source(source).index("test.plugin.Tested");
  }

  /** Expects this finding and no other. */
  private static PluginProblem find(Code code, Path file) {
    var report = JarVerifier.verify(file);
    assertThat(report.findings()).extracting(PluginProblem::code).containsExactly(code);
    assertThat(report.isBad()).isEqualTo(code.isFatal());
    var finding = report.findings().get(0);
    assertThat(finding.file()).isEqualTo(file);
    assertThat(finding.sentence()).endsWith(".").doesNotContain("\n");
    assertThat(finding.remedy()).endsWith(".").doesNotContain("\n");
    return finding;
  }

  @Test
  void aGoodJarHasNoFindings() throws IOException {
    var report = JarVerifier.verify(hook(goodHook("Tested")).build());
    assertThat(report).isEqualTo(new JarVerifier.Report("p", "1.0.0", report.findings()));
    assertThat(report.findings()).isEmpty();
    assertThat(report.isBad()).isFalse();
  }

  @Test
  void nothingOfTheJarRuns() throws IOException {
    var property = "longline.test.verifier";
    var file =
        hook(goodHook("Tested")
                .replace(
                    "LogHook {",
                    "LogHook { static { System.setProperty(\"%s\", \"ran\"); }"
                        .formatted(property)))
            .manifest("Plugin-Class", "test.plugin.Own")
            .source(
                "package test.plugin; public class Own extends org.pf4j.Plugin { { System.setProperty(\"%s\", \"ran\"); } }"
                    .formatted(property))
            .build();
    assertThat(JarVerifier.verify(file).findings()).isEmpty();
    assertThat(System.getProperty(property)).isNull();
  }

  @Test
  void findingsNameTheJarAndNotItsCopy() throws IOException {
    var copy = Files.move(jar().build(), folder.resolve("copy"));
    assertThat(JarVerifier.verify(folder.resolve("p.jar"), copy).findings())
        .extracting(PluginProblem::file)
        .containsExactly(folder.resolve("p.jar"));
  }

  @Test
  void aFileThatIsNotAJar() throws IOException {
    var file = Files.writeString(folder.resolve("text.jar"), "not a jar");
    assertThat(find(Code.NOT_A_JAR, file).plugin()).isEqualTo("text.jar");
    assertThat(JarVerifier.verify(file).version()).isEmpty();
    find(Code.NOT_A_JAR, folder.resolve("missing.jar"));
  }

  @Test
  void aJarThatIsNotAPlugin() throws IOException {
    find(Code.NOT_A_PLUGIN, jars.jar("library.jar").entry("x", "x").build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-p", "../p", "p q"})
  void anInvalidId(String id) throws IOException {
    var file =
        jars.jar("x.jar")
            .plugin(id, "1.0.0")
            .source(goodHook("Tested"))
            .index("test.plugin.Tested")
            .build();
    find(Code.BAD_MANIFEST, file);
  }

  @Test
  void anInvalidVersion() throws IOException {
    find(Code.BAD_MANIFEST, jars.jar("p.jar").plugin("p", "new").build());
    find(Code.BAD_MANIFEST, jars.jar("p.jar").plugin("p", "1/2").build());
  }

  @Test
  void noVersion() throws IOException {
    var jar =
        jars.jar("log-4-j.jar").manifest("Plugin-Id", "log-4-j").manifest("Plugin-Version", " ");
    var file = jar.source(goodHook("Tested")).index("test.plugin.Tested").build();
    assertThat(find(Code.NO_VERSION, file).remedy())
        .contains("Plugin-Version: 1.0.0", "log-4-j-1.0.0.jar");
    assertThat(JarVerifier.verify(file).version()).isEmpty();
    var named = Files.move(file, folder.resolve("log-4-j-2.0.jar"));
    assertThat(JarVerifier.verify(named))
        .isEqualTo(new JarVerifier.Report("log-4-j", "2.0", List.of()));
  }

  @Test
  void aPluginWithoutHooks() throws IOException {
    find(Code.NO_HOOK, jar().build());
  }

  @Test
  void anotherApi() throws IOException {
    find(
        Code.REQUIRES_OTHER_API,
        hook(goodHook("Tested")).manifest("Plugin-Requires", ">=99.0.0").build());
  }

  @Test
  void aPluginThatDependsOnItself() throws IOException {
    find(
        Code.DEPENDENCY_CYCLE,
        hook(goodHook("Tested")).manifest("Plugin-Dependencies", "p").build());
  }

  @Test
  void otherDependenciesAreNotLookedAt() throws IOException {
    var file = hook(goodHook("Tested")).manifest("Plugin-Dependencies", "absent").build();
    assertThat(JarVerifier.verify(file).findings()).isEmpty();
  }

  @Test
  void aMissingClass() throws IOException {
    assertThat(find(Code.CLASS_MISSING, jar().index("test.plugin.Gone").build()).sentence())
        .isEqualTo(
            "META-INF/extensions.idx names the class test.plugin.Gone, which is not in the jar.");
  }

  @Test
  void aClassForANewerJava() throws IOException {
    assertThat(find(Code.JAVA_TOO_OLD, hook(goodHook("Tested")).buildForJava(99)).sentence())
        .isEqualTo(
            "test.plugin.Tested was compiled for Java 99; this is Java %d."
                .formatted(Runtime.version().feature()));
  }

  @Test
  void aClassFileThatCannotBeRead() throws IOException {
    find(
        Code.CLASS_BROKEN,
        jar().entry("test/plugin/Tested.class", "no class").index("test.plugin.Tested").build());
  }

  @Test
  void aServiceThatIsNotAHook() throws IOException {
    var source = "package test.plugin; public class Tested {}";
    find(Code.NOT_A_HOOK, jar().source(source).services("LogHook", "test.plugin.Tested").build());
    assertThat(JarVerifier.verify(hook(source).build()).findings())
        .as("pf4j's index has extensions of any kind")
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public abstract class Tested implements LogHook {}",
        "class Tested implements LogHook { public Tested() {} %s }",
        "public class Tested implements LogHook { Tested() {} %s }",
        "public class Tested implements LogHook { public Tested(int x) {} %s }",
      })
  void aHookThatCannotBeCreated(String source) throws IOException {
    var method = "public void process(LogDirectory logs, HookContext context) {}";
    find(
        Code.HOOK_FAILED,
        hook("package test.plugin; import io.longline.api.*; " + source.formatted(method)).build());
  }

  @Test
  void aHookByWhatItExtends() throws IOException {
    var file =
        hook("package test.plugin; public class Tested extends Middle {}")
            .source("package test.plugin; public abstract class Middle extends Base {}")
            .source(goodHook("Base").replace("public class", "public abstract class"))
            .build();
    assertThat(JarVerifier.verify(file).findings()).isEmpty();
  }

  @Test
  void hooksThatNoIndexNames() throws IOException {
    var file =
        hook(goodHook("Tested"))
            .source(goodHook("First"))
            .source(goodHook("Second"))
            .source(goodHook("Base").replace("public class", "public abstract class"))
            .build();
    assertThat(find(Code.HOOK_NOT_DECLARED, file).sentence())
        .isEqualTo(
            "Hooks that no index names are never called: test.plugin.First, test.plugin.Second.");
  }

  @Test
  void aLibraryThatTheHostProvides() throws IOException {
    find(
        Code.BUNDLES_API,
        hook(goodHook("Tested")).bundle(Hook.class).bundle(LogHook.class).build());
  }

  /** The API that the plugin was compiled against has a method more. */
  @Test
  void aMemberThatThisApiDoesNotHave() throws IOException {
    var file =
        hook(logHook("Tested", "NoSettings.later();"))
            .source(
                "package io.longline.api; public class NoSettings { public static void later() {} }")
            .build();
    assertThat(find(Code.API_MISMATCH, file).sentence())
        .contains("uses io.longline.api.NoSettings.later, which plugin-api");
  }

  @Test
  void inheritedMembersOfTheApiAreThere() throws IOException {
    var body = "Site.HOOK.ordinal(); logs.hashCode(); org.slf4j.LoggerFactory.getLogger(\"x\");";
    assertThat(JarVerifier.verify(hook(logHook("Tested", body)).build()).findings()).isEmpty();
  }

  @Test
  void classesThatNobodyHas() throws IOException {
    var library = new PluginJars(folder.resolve("lib")).jar("lib.jar");
    var body = new StringBuilder();
    IntStream.rangeClosed(1, 7)
        .forEach(
            i -> {
              library.source("package lib; public class L%d {}".formatted(i));
              body.append("new lib.L%d();".formatted(i));
            });
    var file = hook(logHook("Tested", body.toString())).against(library.build()).build();
    assertThat(find(Code.REFERENCE_MISSING, file).sentence())
        .contains("lib.L1, lib.L2, lib.L3, lib.L4, lib.L5 and 2 more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"System.exit(1);", "Runtime.getRuntime().halt(1);"})
  void aCallThatEndsTheHost(String body) throws IOException {
    assertThat(find(Code.CALLS_EXIT, hook(logHook("Tested", body)).build()).sentence())
        .endsWith("are called by test.plugin.Tested.");
  }

  @Test
  void unsafeMemory() throws IOException {
    find(
        Code.USES_UNSAFE,
        hook(logHook("Tested", "((sun.misc.Unsafe) null).allocateMemory(1);")).build());
  }

  /** Values that are nested deeper than a stack has room for are not read, and end nothing. */
  @Test
  void anAnnotationThatIsNestedWithoutEnd() throws IOException {
    var writer = new ClassWriter(0);
    writer.visit(
        Opcodes.V17, Opcodes.ACC_PUBLIC, "test/plugin/Tested", null, "java/lang/Object", null);
    var open = new ArrayDeque<AnnotationVisitor>();
    open.push(writer.visitAnnotation("Ltest/A;", false));
    for (int i = 0; i < 1_000_000; i++) {
      open.push(open.peek().visitArray("v"));
    }
    open.forEach(AnnotationVisitor::visitEnd);
    writer.visitEnd();
    var file = jar().index("test.plugin.Tested").entry("x", "x").build();
    JarBytes.of(file).put("test/plugin/Tested.class", writer.toByteArray()).write(file);
    find(Code.CLASS_BROKEN, file);
  }
}
