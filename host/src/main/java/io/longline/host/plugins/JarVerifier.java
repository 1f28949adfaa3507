package io.longline.host.plugins;

import io.longline.api.ApiVersion;
import io.longline.host.plugins.PluginProblem.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a plugin's jar without running anything of it, and reports what would go wrong.
 * Confined to one thread.
 */
public final class JarVerifier {

  private static final int MAX_NAMED = 5;

  /** The methods that end the host when a hook calls them in it. */
  private static final Set<String> ENDS_THE_HOST =
      Set.of(
          "java/lang/System.exit(I)V",
          "java/lang/Runtime.exit(I)V",
          "java/lang/Runtime.halt(I)V",
          "java/lang/Shutdown.exit(I)V");

  private final PluginJar jar;
  private final JarClasses classes;
  private final HookProblems problems;
  private final Function<PluginJar, @Nullable PluginProblem> trust;
  private final List<PluginProblem> findings = new ArrayList<>();

  private JarVerifier(
      PluginJar jar, JarClasses classes, Function<PluginJar, @Nullable PluginProblem> trust) {
    this.jar = jar;
    this.trust = trust;
    this.classes = classes;
    this.problems = new HookProblems(jar);
  }

  /**
   * The result of verifying a jar. Immutable.
   *
   * @param id the plugin's id; the file's name where it has none
   * @param version its version; empty where it has none
   * @param findings what would go wrong, and what is only worth a note
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

  /** Verifies a jar, whoever it is from. */
  public static Report verify(Path file) {
    return verify(file, file);
  }

  /**
   * Verifies a jar, and whether it may be loaded from the plugins folder if it is there, or else be
   * installed.
   */
  public static Report verify(Path file, TrustCheck trust) {
    boolean isThere = trust.folder().equals(file.toAbsolutePath().normalize().getParent());
    return verify(file, file, isThere ? trust::problem : trust::problemBeforeInstall);
  }

  /**
   * Verifies a jar that is to be installed.
   *
   * @param content the copy of it that is to be installed, with its signature beside it
   */
  static Report verify(Path file, Path content, TrustCheck trust) {
    return verify(file, content, trust::problemBeforeInstall);
  }

  /**
   * Verifies a jar, whoever it is from.
   *
   * @param content what is read: the jar, or a copy of it
   */
  static Report verify(Path file, Path content) {
    return verify(file, content, jar -> null);
  }

  private static Report verify(
      Path file, Path content, Function<PluginJar, @Nullable PluginProblem> trust) {
    if (!PluginFolder.isNamedAsJar(file)) {
      return bad(
          new PluginProblem(
              Code.NOT_A_JAR,
              file,
              file.getFileName().toString(),
              "A file of this name is not loaded: the names of jars end in .jar, and do not begin with a dot.",
              "Rename the file."));
    }
    JarVerifier verifier;
    try {
      var jar = new JarInspector().inspect(file, content);
      verifier = new JarVerifier(jar, JarClasses.of(content), trust);
    } catch (PluginRejectedException e) {
      return bad(e.problem());
    } catch (IOException | RuntimeException e) {
      return bad(JarInspector.unreadable(file, e));
    }
    return verifier.verify();
  }

  private static Report bad(PluginProblem problem) {
    return new Report(problem.plugin(), "", List.of(problem));
  }

  private Report verify() {
    var distrust = trust.apply(jar);
    if (distrust != null) {
      findings.add(distrust);
    }
    // The plugins that it depends on are not looked at.
    PluginSelection.of(List.of(jar), ApiVersion.current()).problems().stream()
        .filter(problem -> problem.code() != Code.MISSING_DEPENDENCY)
        .forEach(findings::add);
    checkHooks();
    checkUndeclaredHooks();
    findings.addAll(jar.problems());
    checkReferences();
    checkCalls();
    return new Report(jar.id(), jar.version(), findings);
  }

  private void checkHooks() {
    for (var declared : jar.hookClasses()) {
      var problem = problem(declared);
      if (problem != null) {
        findings.add(problem);
      }
    }
    if (jar.hookClasses().isEmpty()
        && jar.problems().stream().noneMatch(problem -> problem.code().isFatal())) {
      findings.add(problems.noHook(classes.hooks()));
    }
  }

  /** What keeps a declared class from being used as a hook; null if nothing does. */
  private @Nullable PluginProblem problem(PluginJar.DeclaredClass declared) {
    var name = declared.name();
    var seen = classes.named(name);
    if (seen == null) {
      return jar.problem(
          Code.CLASS_MISSING,
          declared.where() + " names the class " + name + ", which is not in the jar.",
          "Rebuild the jar, or take the class out of that file.");
    }
    if (seen.isBroken()) {
      return jar.problem(
          Code.CLASS_BROKEN, name + " is not a readable class file.", "Rebuild the jar.");
    }
    if (seen.javaVersion() > Runtime.version().feature()) {
      return problems.javaTooOld(name, "Java " + seen.javaVersion());
    }
    if (!classes.isHook(seen)) {
      return declared.mustBeHook() ? problems.notAHook(declared) : null;
    }
    var wrong = wrongServicesFile(declared, seen);
    if (wrong != null) {
      return problems.wrongServicesFile(name, wrong, classes.hookInterface(seen));
    }
    var obstacle = seen.obstacle();
    return obstacle == null ? null : problems.cannotBeCreated(name, obstacle);
  }

  /** A services file of an interface that a class does not implement; null if there is none. */
  private @Nullable String wrongServicesFile(PluginJar.DeclaredClass declared, SeenClass seen) {
    return declared.services().stream()
        .filter(file -> !classes.implementsIt(seen, HookInterfaces.ofFile(file)))
        .findFirst()
        .orElse(null);
  }

  /** Hooks that are in no index are never found. */
  private void checkUndeclaredHooks() {
    var declared = jar.hookClasses().stream().map(PluginJar.DeclaredClass::name).toList();
    var undeclared = classes.usableHooks().without(declared);
    if (!declared.isEmpty() && !undeclared.isEmpty()) {
      findings.add(
          jar.problem(
              Code.HOOK_NOT_DECLARED,
              "Hooks that no index names are never called: " + undeclared.named() + ".",
              undeclared.remedy()));
    }
  }

  private void checkReferences() {
    var unknown = classes.missingMembers();
    if (!unknown.isEmpty()) {
      findings.add(
          jar.problem(
              Code.API_MISMATCH,
              "The plugin uses %s, which plugin-api %s does not have."
                  .formatted(named(unknown), ApiVersion.current()),
              "Build it against this version of plugin-api."));
    }
    var missing = classes.missingReferences();
    var ofJava = new TreeSet<String>();
    missing.stream().filter(JarVerifier::isOfJava).forEach(ofJava::add);
    if (!ofJava.isEmpty()) {
      findings.add(
          jar.problem(
              Code.REFERENCE_MISSING,
              "Classes of the jar refer to "
                  + named(ofJava)
                  + ", which this Java, a reduced one, does not have; where one is used, the call fails.",
              "Run Longline with a whole Java: one without the folder java, with JAVA_HOME set."));
    }
    missing.removeAll(ofJava);
    if (!missing.isEmpty()) {
      findings.add(
          jar.problem(
              Code.REFERENCE_MISSING,
              "Classes of the jar refer to "
                  + named(missing)
                  + ", which neither the jar nor the host has; where one is used, the call fails.",
              "Shade the library into the jar, unless it is optional or comes from another plugin."));
    }
  }

  /** Whether a class can only be part of Java; javax is also the name of libraries. */
  private static boolean isOfJava(String name) {
    return name.startsWith("java.") || name.startsWith("jdk.");
  }

  private void checkCalls() {
    var ends =
        classes.usersOf(
            member ->
                ENDS_THE_HOST.contains(member.owner() + "." + member.name() + member.descriptor()));
    if (!ends.isEmpty()) {
      findings.add(
          jar.problem(
              Code.CALLS_EXIT,
              "System.exit, Runtime.exit or Runtime.halt, which end the host, are called by "
                  + named(ends)
                  + ".",
              "Throw an exception instead, or run the plugin with isolation = \"process\"."));
    }
    var unsafe = classes.usersOf(member -> member.owner().equals("sun/misc/Unsafe"));
    if (!unsafe.isEmpty()) {
      findings.add(
          jar.problem(
              Code.USES_UNSAFE,
              "sun.misc.Unsafe, which can crash the host, is used by " + named(unsafe) + ".",
              "If you do not trust the plugin, run it with isolation = \"process\"."));
    }
  }

  private static String named(Set<String> names) {
    var first = names.stream().limit(MAX_NAMED).toList();
    return String.join(", ", first)
        + (names.size() > MAX_NAMED ? " and " + (names.size() - MAX_NAMED) + " more" : "");
  }
}
