package io.longline.host.plugins;

import static java.util.stream.Collectors.toCollection;

import io.longline.api.ExitHook;
import io.longline.api.Hook;
import io.longline.api.LogHook;
import io.longline.api.RecordHook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * The classes of a jar, read without loading them; without those that come from the host anyway.
 * Immutable.
 */
final class JarClasses {

  private static final Set<String> HOOK_TYPES =
      Set.of(
          Type.getInternalName(LogHook.class),
          Type.getInternalName(RecordHook.class),
          Type.getInternalName(ExitHook.class),
          Type.getInternalName(Hook.class));

  private final ApiMembers api = new ApiMembers();

  /** By internal name. */
  private final Map<String, SeenClass> classes;

  private JarClasses(Map<String, SeenClass> classes) {
    this.classes = Map.copyOf(classes);
  }

  /**
   * Reads the classes of a jar.
   *
   * @throws IOException if the jar cannot be read
   */
  static JarClasses of(Path file) throws IOException {
    var classes = new HashMap<String, SeenClass>();
    try (var jar = new JarFile(file.toFile(), false)) {
      for (var entries = jar.entries(); entries.hasMoreElements(); ) {
        var entry = entries.nextElement();
        var name = entry.getName().replaceFirst("\\.class$", "");
        if (isClassOfPlugin(entry.getName(), name)) {
          try (var in = jar.getInputStream(entry)) {
            classes.put(name, SeenClass.of(in.readAllBytes()));
          }
        }
      }
    }
    return new JarClasses(classes);
  }

  private static boolean isClassOfPlugin(String entry, String name) {
    return entry.endsWith(".class")
        && !entry.startsWith("META-INF/")
        && !entry.endsWith("module-info.class")
        && !ApiClassLoader.isApi(name.replace('/', '.'));
  }

  /** The class of a name with dots; null if it is not in the jar. */
  @Nullable SeenClass named(String className) {
    return classes.get(className.replace('.', '/'));
  }

  /** Whether a class is a hook, by itself or by what it extends. */
  boolean isHook(SeenClass seen) {
    return supertypes(seen).stream().anyMatch(HOOK_TYPES::contains);
  }

  private Set<String> supertypes(SeenClass seen) {
    var all = new LinkedHashSet<String>();
    var queue = new ArrayList<>(List.of(seen));
    while (!queue.isEmpty()) {
      for (var name : queue.remove(0).supertypes()) {
        var above = classes.get(name);
        if (all.add(name) && above != null) {
          queue.add(above);
        }
      }
    }
    return all;
  }

  /** The names of the hooks that can be called, declared or not. */
  SortedSet<String> hooks() {
    return namesOf(seen -> !seen.isBroken() && seen.isPublicAndConcrete() && isHook(seen));
  }

  /** The names of the classes that use one of these members of other classes. */
  SortedSet<String> usersOf(Predicate<SeenClass.Member> member) {
    return namesOf(seen -> seen.members().stream().anyMatch(member));
  }

  private SortedSet<String> namesOf(Predicate<SeenClass> isWanted) {
    return classes.entrySet().stream()
        .filter(each -> isWanted.test(each.getValue()))
        .map(each -> each.getKey().replace('/', '.'))
        .collect(toCollection(TreeSet::new));
  }

  /** The names of classes that are referred to and neither in the jar nor seen of the host. */
  SortedSet<String> missingReferences() {
    return classes.values().stream()
        .flatMap(seen -> seen.references().stream())
        .distinct()
        .filter(name -> !classes.containsKey(name) && !api.hasClass(name))
        .map(name -> name.replace('/', '.'))
        .collect(toCollection(TreeSet::new));
  }

  /** The methods and fields that are used of API classes and that these do not have. */
  SortedSet<String> missingMembers() {
    return members()
        .filter(member -> ApiClassLoader.isApi(member.owner().replace('/', '.')))
        // Without the class, the class is what is missing.
        .filter(member -> api.hasClass(member.owner()) && !api.hasMember(member))
        .map(member -> member.owner().replace('/', '.') + "." + member.name())
        .collect(toCollection(TreeSet::new));
  }

  private Stream<SeenClass.Member> members() {
    return classes.values().stream().flatMap(seen -> seen.members().stream()).distinct();
  }
}
