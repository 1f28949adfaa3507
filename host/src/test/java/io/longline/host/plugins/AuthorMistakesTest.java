package io.longline.host.plugins;

import static io.longline.host.testing.PluginJars.goodHook;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.plugins.PluginProblem.Code;
import io.longline.host.testing.PluginJars;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Mistakes that authors of hooks make: each problem says what to write, and where, whether the jar
 * is loaded or only verified.
 */
class AuthorMistakesTest extends BesideAGoodPlugin {

  private static final String FILE = "META-INF/services/io.longline.api.";

  private static String recordHook(String declaration, String interest, String more) {
    return """
        package test.plugin;
        import io.longline.api.*;
        %s implements RecordHook {
          public Interest interest() { %s }
          public RecordSink open(LogDirectory logs, HookContext context) { return record -> { }; }
          %s
        }
        """
        .formatted(declaration, interest, more);
  }

  private static String recordHook(String declaration) {
    return recordHook(declaration, "return Interest.in(\"conn\").fields(\"uid\");", "");
  }

  private PluginJars.Jar jar(String source) {
    return jars.jar("wrong.jar").plugin("wrong", "1.0.0").source(source);
  }

  private PluginProblem verify(Code code) {
    var report = JarVerifier.verify(folder.resolve("wrong.jar"));
    assertThat(report.findings()).extracting(PluginProblem::code).containsExactly(code);
    return report.findings().get(0);
  }

  /** Verifying and loading find the same. */
  private PluginProblem find(Code code) throws IOException {
    var problem = loadWithOneProblem(code);
    assertThat(verify(code)).isEqualTo(problem);
    return problem;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "class Queries | Queries | the class is not public | Write public class Queries.",
        "public abstract class Queries | Queries | it is abstract | Take it out of the file that names it, and name a class there that is not abstract.",
        "public class Outer { public class Queries | Outer$Queries | it is an inner class that is not static | Write public static class Queries, or move the class to a file of its own.",
        "public class Outer { static class Queries | Outer$Queries | the class is not public | Write public class Queries.",
      })
  void aClassThatCannotBeCreated(String declaration, String name, String reason, String remedy)
      throws IOException {
    var source = recordHook(declaration) + (declaration.contains("{") ? "}" : "");
    jar(source).services("RecordHook", "test.plugin." + name).build();
    var problem = find(Code.HOOK_FAILED);
    assertThat(problem.sentence())
        .isEqualTo("test.plugin.%s cannot be created: %s.".formatted(name, reason));
    assertThat(problem.remedy()).isEqualTo(remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "public Queries(int x) { } | it has no constructor without parameters | Give it the constructor public Queries() { }.",
        "Queries() { } | its constructor without parameters is not public | Write public Queries() in front of the constructor's body.",
      })
  void aConstructorThatCannotBeCalled(String constructor, String reason, String remedy)
      throws IOException {
    jar(recordHook("public class Queries", "return null;", constructor))
        .services("RecordHook", "test.plugin.Queries")
        .build();
    var problem = find(Code.HOOK_FAILED);
    assertThat(problem.sentence())
        .isEqualTo("test.plugin.Queries cannot be created: %s.".formatted(reason));
    assertThat(problem.remedy()).isEqualTo(remedy);
  }

  @Test
  void noServicesFile() throws IOException {
    jar(recordHook("public class Queries")).build();
    var problem = find(Code.NO_HOOK);
    assertThat(problem.sentence())
        .isEqualTo("The plugin declares no hook, though it has test.plugin.Queries.");
    assertThat(problem.remedy())
        .isEqualTo(
            "Add the line test.plugin.Queries to %sRecordHook (in src/main/resources of a Maven project), or annotate the class with @Extension and let pf4j's annotation processor run."
                .formatted(FILE));
  }

  @Test
  void noServicesFileForSeveralHooks() throws IOException {
    jar(recordHook("public class Queries"))
        .source(goodHook("Whole"))
        .source(
            "package test.plugin; import io.longline.api.*; public class Last implements ExitHook { public void exit(HookContext context) {} }")
        .build();
    assertThat(find(Code.NO_HOOK).remedy())
        .startsWith(
            "Add the line test.plugin.Last to %1$sExitHook, the line test.plugin.Queries to %1$sRecordHook, the line test.plugin.Whole to %1$sLogHook "
                .formatted(FILE));
  }

  @Test
  void noIdAndNoServicesFile() throws IOException {
    jars.jar("wrong.jar").source(recordHook("public class Queries")).build();
    assertThat(find(Code.NOT_A_PLUGIN).remedy())
        .startsWith("Add the line test.plugin.Queries to " + FILE + "RecordHook ");
  }

  @Test
  void noHookAtAll() throws IOException {
    jar("package test.plugin; public class Plain {}").build();
    assertThat(find(Code.NO_HOOK).remedy())
        .startsWith("Write a public class that implements RecordHook or LogHook")
        .contains(FILE + "RecordHook", FILE + "LogHook");
  }

  @Test
  void aHookBesideADeclaredOne() throws IOException {
    jar(recordHook("public class Queries"))
        .source(goodHook("Whole"))
        .services("LogHook", "test.plugin.Whole")
        .build();
    assertThat(verify(Code.HOOK_NOT_DECLARED).remedy())
        .startsWith("Add the line test.plugin.Queries to " + FILE + "RecordHook ");
  }

  @Test
  void theServicesFileOfAnotherInterface() throws IOException {
    jar(recordHook("public class Queries")).services("LogHook", "test.plugin.Queries").build();
    var problem = find(Code.WRONG_SERVICES_FILE);
    assertThat(problem.sentence())
        .isEqualTo(
            "test.plugin.Queries is named in %sLogHook, but it is a RecordHook and not a LogHook."
                .formatted(FILE));
    assertThat(problem.remedy())
        .isEqualTo("Move the line test.plugin.Queries to %sRecordHook.".formatted(FILE));
  }

  @Test
  void theServicesFileOfAnInterfaceAboveOrBesideIsRight() throws IOException {
    var both =
        recordHook(
                "public class Queries",
                "return Interest.in(\"conn\").fields(\"uid\");",
                "public void exit(HookContext c) { }")
            .replace("RecordHook {", "RecordHook, ExitHook {");
    jar(both)
        .services("ExitHook", "test.plugin.Queries")
        .services("Hook", "test.plugin.Queries")
        .build();
    load();
    assertThat(catalog.problems()).isEmpty();
    assertThat(hookIds()).contains("wrong/Queries");
  }

  @Test
  void aServiceThatIsNoHook() throws IOException {
    jar("package test.plugin; public class Plain {}")
        .services("RecordHook", "test.plugin.Plain")
        .build();
    assertThat(find(Code.NOT_A_HOOK).remedy())
        .isEqualTo(
            "Let it implement RecordHook, or remove the line test.plugin.Plain from %sRecordHook."
                .formatted(FILE));
  }

  /** Only loading finds these: they are found by running the hook's code. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return null; | | BAD_HOOK | interest() of test.plugin.Queries returned null. | Return the logs and fields that the hook wants, such as Interest.in(\"conn\")",
        "throw new IllegalStateException(\"no\"); | | HOOK_FAILED | interest() of test.plugin.Queries threw java.lang.IllegalStateException: no, at test.plugin.Queries.interest(Queries.java:4). | Fix interest(), which is called once when the plugin is loaded",
        "return Interest.in(\"conn\"); | public Class<? extends Record> settings() { return null; } | BAD_SETTINGS | settings() of test.plugin.Queries returned null. | Return the class of a record, such as MySettings.class, or leave settings() out",
        "return Interest.in(\"conn\"); | public Class<? extends Record> settings() { throw new Error(\"s\"); } | HOOK_FAILED | settings() of test.plugin.Queries threw java.lang.Error: s, at test.plugin.Queries.settings(Queries.java:6). | Fix settings(), which is called once",
        "return Interest.in(\"conn\"); | public String name() { return null; } | BAD_HOOK | name() of test.plugin.Queries returned null. | Return a name of letters, digits, '.', '_' and '-'",
        "return Interest.in(\"conn\"); | public int maxConcurrency() { return 0; } | BAD_HOOK | maxConcurrency() of test.plugin.Queries returned 0. | Return how many threads may call the hook at the same time, 1 or more.",
      })
  void anAnswerThatCannotBeUsed(
      String interest, String more, Code code, String sentence, String remedy) throws IOException {
    jar(recordHook("public class Queries", interest, more == null ? "" : more))
        .source(goodHook("Fine"))
        .index("test.plugin.Fine")
        .services("RecordHook", "test.plugin.Queries")
        .build();
    var problem = loadWithOneProblem(code);
    assertThat(problem.sentence()).isEqualTo(sentence);
    assertThat(problem.remedy()).startsWith(remedy);
    assertThat(hookIds()).as("its other hooks load").containsExactly(GOOD_ID, "wrong/Fine");
  }

  @ParameterizedTest
  @CsvSource({
    "'LogHook, RecordHook', implements both LogHook and RecordHook",
    "Hook, implements Hook alone"
  })
  void interfacesThatDoNotFit(String interfaces, String inSentence) throws IOException {
    jar(recordHook(
                "public class Queries",
                "return Interest.in(\"conn\");",
                "public void process(LogDirectory logs, HookContext c) { }")
            .replace("RecordHook {", interfaces + " {"))
        .index("test.plugin.Queries")
        .build();
    assertThat(loadWithOneProblem(Code.BAD_HOOK).sentence())
        .startsWith("test.plugin.Queries " + inSentence);
  }
}
