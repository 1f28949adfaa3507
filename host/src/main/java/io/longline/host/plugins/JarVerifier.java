package io.longline.host.plugins;

import io.longline.api.ApiVersion;
import io.longline.api.ExitHook;
import io.longline.api.Hook;
import io.longline.api.LogHook;
import io.longline.api.RecordHook;
import io.longline.host.plugins.PluginProblem.Code;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Looks into a plugin's jar without running anything of it, and tells what would go wrong. Confined
 * to one thread.
 */
public final class JarVerifier {

  private static final int MAX_NAMED = 5;

  /** Class file versions are 44 more than the Java version. */
  private static final int CLASS_VERSION_OFFSET = 44;

  /** What ends the host when a hook that runs in a thread of it does so. */
  private static final Set<String> ENDS_THE_HOST =
      Set.of(
          "java/lang/System.exit(I)V",
          "java/lang/Runtime.exit(I)V",
          "java/lang/Runtime.halt(I)V",
          "java/lang/Shutdown.exit(I)V");

  private final Path file;
  private final Path content;
  private final List<PluginProblem> findings = new ArrayList<>();
  private final Map<String, SeenClass> classes = new HashMap<>();
  private final ApiClassLoader api = new ApiClassLoader(JarVerifier.class.getClassLoader());

  private JarVerifier(Path file, Path content) {
    this.file = file;
    this.content = content;
  }

  /**
   * What came of it.
   *
   * @param id the plugin's id; the file's name where it has none
   * @param version its version; empty where it has none
   * @param findings what would go wrong, and what is only to be noted
   */
  public record Report(String id, String version, List<PluginProblem> findings) {

    /** Makes a copy. */
    public Report {
      findings = List.copyOf(findings);
    }

    /** Whether the plugin, or a hook of it, would not load. */
    public boolean isBad() {
      return findings.stream().anyMatch(finding -> finding.code().isFatal());
    }
  }

  /** Looks into a jar. */
  public static Report verify(Path file) {
    return new JarVerifier(file, file).verify();
  }

  /** Looks into a copy of a jar. */
  static Report verify(Path file, Path content) {
    return new JarVerifier(file, content).verify();
  }

  private Report verify() {
    PluginJar jar;
    try {
      jar = new JarInspector().inspect(file, content);
      readClasses();
    } catch (PluginRejectedException e) {
      return new Report(e.problem().plugin(), "", List.of(e.problem()));
    } catch (IOException | RuntimeException e) {
      return new Report(
          file.getFileName().toString(),
          "",
          List.of(
              new PluginProblem(
                  Code.NOT_A_JAR,
                  file,
                  file.getFileName().toString(),
                  "The file is no readable jar: " + e.getMessage() + ".",
                  "Copy the jar here again, or remove the file.")));
    }
    // The plugins that it depends on are not looked at.
    PluginSelection.of(List.of(jar), ApiVersion.current()).problems().stream()
        .filter(problem -> problem.code() != Code.MISSING_DEPENDENCY)
        .forEach(findings::add);
    jar.hookClasses().forEach(declared -> checkHook(jar, declared));
    if (jar.hookClasses().isEmpty()) {
      findings.add(
          jar.problem(
              Code.NO_HOOK,
              "The plugin declares no hook.",
              "Annotate the hook with @Extension and let pf4j's annotation processor run, or add a META-INF/services/io.longline.api.LogHook file."));
    }
    checkUndeclared(jar);
    jar.bundledProblem().ifPresent(findings::add);
    checkReferences(jar);
    checkCalls(jar);
    return new Report(jar.id(), jar.version(), findings);
  }

  private void readClasses() throws IOException {
    try (var jar = new JarFile(content.toFile(), false)) {
      for (var entries = jar.entries(); entries.hasMoreElements(); ) {
        var entry = entries.nextElement();
        var name = entry.getName();
        if (name.endsWith(".class")
            && !name.startsWith("META-INF/")
            && !name.endsWith("module-info.class")
            && !ApiClassLoader.isApi(name.replace('/', '.').replaceFirst("\\.class$", ""))) {
          byte[] bytes;
          try (var in = jar.getInputStream(entry)) {
            bytes = in.readAllBytes();
          }
          classes.put(name.replaceFirst("\\.class$", ""), SeenClass.of(bytes));
        }
      }
    }
  }

  private void checkHook(PluginJar jar, PluginJar.DeclaredClass declared) {
    var seen = classes.get(declared.name().replace('.', '/'));
    if (seen == null) {
      findings.add(
          jar.problem(
              Code.CLASS_MISSING,
              declared.where()
                  + " names the class "
                  + declared.name()
                  + ", which is not in the jar.",
              "Build the jar anew, or take the class out of that file."));
    } else if (seen.isBroken()) {
      findings.add(
          jar.problem(
              Code.CLASS_BROKEN,
              declared.name() + " is no readable class file.",
              "Build the jar anew."));
    } else if (seen.javaVersion() > Runtime.version().feature()) {
      findings.add(
          jar.problem(
              Code.JAVA_TOO_OLD,
              "%s was compiled for Java %d; this is Java %d."
                  .formatted(declared.name(), seen.javaVersion(), Runtime.version().feature()),
              "Run Longline with that Java, or compile the plugin with --release "
                  + Runtime.version().feature()
                  + "."));
    } else if (!isHook(seen)) {
      if (declared.mustBeHook()) {
        findings.add(
            jar.problem(
                Code.NOT_A_HOOK,
                declared.name() + " is named in " + declared.where() + " and is no hook.",
                "Let it implement LogHook, RecordHook or ExitHook, or take it out of the file."));
      }
    } else if ((seen.access() & Opcodes.ACC_ABSTRACT) != 0
        || (seen.access() & Opcodes.ACC_PUBLIC) == 0
        || !seen.hasPublicConstructor()) {
      findings.add(
          jar.problem(
              Code.HOOK_FAILED,
              declared.name()
                  + " cannot be made: it is abstract, not public, or has no public constructor without parameters.",
              "Make the class public and give it such a constructor."));
    }
  }

  /** Whether a class of the jar is a hook, by itself or by what it extends. */
  private boolean isHook(SeenClass seen) {
    return supertypes(seen)
        .anyMatch(
            name ->
                Stream.of(LogHook.class, RecordHook.class, ExitHook.class, Hook.class)
                    .anyMatch(type -> Type.getInternalName(type).equals(name)));
  }

  private Stream<String> supertypes(SeenClass seen) {
    var all = new LinkedHashSet<String>();
    var queue = new ArrayList<>(List.of(seen));
    while (!queue.isEmpty()) {
      for (var name : queue.remove(0).supertypes()) {
        if (all.add(name) && classes.containsKey(name)) {
          queue.add(classes.get(name));
        }
      }
    }
    return all.stream();
  }

  /** Hooks that are in no index are never found. */
  private void checkUndeclared(PluginJar jar) {
    var declared = jar.hookClasses().stream().map(PluginJar.DeclaredClass::name).toList();
    var undeclared = new TreeSet<String>();
    classes.forEach(
        (name, seen) -> {
          boolean canBeMade =
              !seen.isBroken()
                  && (seen.access() & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE)) == 0
                  && (seen.access() & Opcodes.ACC_PUBLIC) != 0;
          if (canBeMade && isHook(seen) && !declared.contains(name.replace('/', '.'))) {
            undeclared.add(name.replace('/', '.'));
          }
        });
    if (!undeclared.isEmpty()) {
      findings.add(
          jar.problem(
              Code.HOOK_NOT_DECLARED,
              named(undeclared) + " is a hook that no index names, so it is never called.",
              "Annotate it with @Extension and let pf4j's annotation processor run, or name it in META-INF/services."));
    }
  }

  private void checkReferences(PluginJar jar) {
    var missing = new TreeSet<String>();
    var unknown = new TreeSet<String>();
    for (var seen : classes.values()) {
      for (var name : seen.references()) {
        if (!classes.containsKey(name) && find(name) == null) {
          missing.add(name.replace('/', '.'));
        }
      }
      for (var member : seen.members()) {
        if (ApiClassLoader.isApi(member.owner().replace('/', '.')) && !exists(member)) {
          unknown.add(member.owner().replace('/', '.') + "." + member.name());
        }
      }
    }
    if (!unknown.isEmpty()) {
      findings.add(
          jar.problem(
              Code.API_MISMATCH,
              "The plugin uses "
                  + named(unknown)
                  + ", which plugin-api "
                  + ApiVersion.current()
                  + " does not have.",
              "Build it against this version of plugin-api."));
    }
    if (!missing.isEmpty()) {
      findings.add(
          jar.problem(
              Code.REFERENCE_MISSING,
              "Classes of the jar refer to "
                  + named(missing)
                  + ", which neither the jar nor the host has; where one is used, the call fails.",
              "Shade the library into the jar, unless it is one that is optional, or that another plugin brings."));
    }
  }

  private @Nullable Class<?> find(String internalName) {
    try {
      return Class.forName(internalName.replace('/', '.'), false, api);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  /** Whether the API has a method or field, also by what a class extends. */
  private boolean exists(SeenClass.Member member) {
    var owner = find(member.owner());
    if (owner == null) {
      return true; // It is told as a class that is missing.
    }
    for (var type : withSupertypes(owner)) {
      boolean isFound =
          member.isField()
              ? Arrays.stream(type.getDeclaredFields())
                  .anyMatch(
                      field ->
                          field.getName().equals(member.name())
                              && Type.getDescriptor(field.getType()).equals(member.descriptor()))
              : Stream.<Executable>concat(
                      Arrays.stream(type.getDeclaredMethods()),
                      Arrays.stream(type.getDeclaredConstructors()))
                  .anyMatch(method -> isSame(method, member));
      if (isFound) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSame(Executable method, SeenClass.Member member) {
    if (method instanceof java.lang.reflect.Method named) {
      return named.getName().equals(member.name())
          && Type.getMethodDescriptor(named).equals(member.descriptor());
    }
    return member.name().equals("<init>")
        && Type.getConstructorDescriptor((java.lang.reflect.Constructor<?>) method)
            .equals(member.descriptor());
  }

  private static Set<Class<?>> withSupertypes(Class<?> type) {
    var all = new LinkedHashSet<Class<?>>(List.of(type, Object.class));
    var queue = new ArrayList<Class<?>>(List.of(type));
    while (!queue.isEmpty()) {
      var next = queue.remove(0);
      var above = new ArrayList<>(Arrays.asList(next.getInterfaces()));
      if (next.getSuperclass() != null) {
        above.add(next.getSuperclass());
      }
      above.stream().filter(all::add).forEach(queue::add);
    }
    return all;
  }

  private void checkCalls(PluginJar jar) {
    var ends = new TreeSet<String>();
    var unsafe = new TreeSet<String>();
    classes.forEach(
        (name, seen) -> {
          for (var member : seen.members()) {
            if (ENDS_THE_HOST.contains(
                member.owner() + "." + member.name() + member.descriptor())) {
              ends.add(name.replace('/', '.'));
            } else if (member.owner().equals("sun/misc/Unsafe")) {
              unsafe.add(name.replace('/', '.'));
            }
          }
        });
    if (!ends.isEmpty()) {
      findings.add(
          jar.problem(
              Code.CALLS_EXIT,
              named(ends)
                  + " calls System.exit, Runtime.exit or Runtime.halt, which ends the host.",
              "Let hooks throw instead; or run the plugin with isolation = \"process\"."));
    }
    if (!unsafe.isEmpty()) {
      findings.add(
          jar.problem(
              Code.USES_UNSAFE,
              named(unsafe) + " uses sun.misc.Unsafe, which can crash the host.",
              "If you do not trust it, run the plugin with isolation = \"process\"."));
    }
  }

  private static String named(Set<String> names) {
    var first = names.stream().limit(MAX_NAMED).toList();
    return String.join(", ", first)
        + (names.size() > MAX_NAMED ? " and " + (names.size() - MAX_NAMED) + " more" : "");
  }

  static int javaVersion(int classVersion) {
    return classVersion - CLASS_VERSION_OFFSET;
  }
}
