package io.longline.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.settings.SettingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The messages of the host suit programs that embed it: outside the command line no text speaks of
 * a flag or a command.
 */
class MessagesTest {

  /**
   * They declare the flags, describe settings for the page on configuration, are used by commands
   * alone, or write a file that people read.
   */
  private static final Pattern OF_THE_COMMANDS =
      Pattern.compile(
          "io/longline/host/(cli|index)/.*|.*/(DeclaredSettings|ConfigurationPage|LockText)");

  private static final Pattern WORDS =
      Pattern.compile(
          "(?<![\\w-])(--set|"
              + DeclaredSettings.OF_WATCH.stream()
                  .flatMap(setting -> setting.flag().stream())
                  .map(SettingSpec.Flag::name)
                  .collect(Collectors.joining("|"))
              + ")(?![\\w-])|longline (run|watch|enqueue|rotated|status|warnings|dead|replay|forget|prune|plugins|config)\\b");

  @Test
  void noMessageSpeaksOfTheCommandLine() throws IOException {
    var host = Path.of("target/classes/io/longline/host");
    var found = new ArrayList<String>();
    try (var files = Files.walk(host)) {
      for (var file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        var reader = new ClassReader(Files.readAllBytes(file));
        if (!OF_THE_COMMANDS.matcher(reader.getClassName()).matches()) {
          texts(reader)
              .filter(text -> WORDS.matcher(text).find())
              .forEach(text -> found.add(reader.getClassName() + ": " + text));
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void theSearchFindsTheWordsOfTheCommandLine() throws IOException {
    var reader = new ClassReader(MessagesTest.class.getName() + "$Example");
    assertThat(texts(reader).filter(text -> WORDS.matcher(text).find())).hasSize(2);
  }

  /** Has two texts that no message of the host may have, one of them in parts, and one it may. */
  static final class Example {
    String messages(Path folder) {
      return "See longline plugins." + ("Name " + folder + " with --output.").length() + "--root-x";
    }
  }

  private static Stream<String> texts(ClassReader reader) {
    List<String> texts = new ArrayList<>();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
              @Override
              public void visitLdcInsn(Object value) {
                texts.add(value.toString());
              }

              @Override
              public void visitInvokeDynamicInsn(
                  String name, String descriptor, Handle handle, Object... arguments) {
                Stream.of(arguments).map(Object::toString).forEach(texts::add);
              }
            };
          }
        },
        ClassReader.SKIP_DEBUG);
    return texts.stream();
  }
}
