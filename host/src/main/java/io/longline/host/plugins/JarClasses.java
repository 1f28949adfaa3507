package io.longline.host.plugins;

import static java.util.stream.Collectors.toCollection;

import io.longline.api.Hook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * The classes of a jar, read without loading them; without those that come from the host anyway.
 * Immutable.
 */
final class JarClasses {

  /** Classes of no known library have a hundredth of it. */
  private static final int MAX_SUPERTYPES = 10_000;

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
    try (var contents = JarContents.open(file)) {
      for (var entryName : contents.names()) {
        var name = entryName.replaceFirst("\\.class$", "");
        var entry = isClassOfPlugin(entryName, name) ? contents.entry(entryName) : null;
        if (entry != null) {
          classes.put(name, read(contents, entry, name));
        }
      }
    }
    return new JarClasses(classes);
  }

  private static SeenClass read(JarContents contents, JarEntry entry, String name) {
    try {
      return SeenClass.of(name, contents.read(entry, JarLimits.MAX_CLASS));
    } catch (IOException e) {
      // The same class cannot be loaded either; others can.
      return SeenClass.BROKEN;
    }
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
    return implementsIt(seen, Hook.class);
  }

  /** Whether a class implements an interface of hooks, by itself or by what it extends. */
  boolean implementsIt(SeenClass seen, Class<? extends Hook> type) {
    var own = supertypes(seen);
    return HookInterfaces.ALL.stream()
        .filter(type::isAssignableFrom)
        .anyMatch(each -> own.contains(Type.getInternalName(each)));
  }

  /** The interface of hooks that a class implements; Hook if it is only that. */
  Class<? extends Hook> hookInterface(SeenClass seen) {
    return HookInterfaces.ALL.stream()
        .filter(type -> implementsIt(seen, type))
        .findFirst()
        .orElse(Hook.class);
  }

  private Set<String> supertypes(SeenClass seen) {
    var all = new LinkedHashSet<String>();
    var queue = new ArrayDeque<>(List.of(seen));
    while (!queue.isEmpty() && all.size() < MAX_SUPERTYPES) {
      for (var name : queue.remove().supertypes()) {
        var above = classes.get(name);
        if (all.add(name) && above != null) {
          queue.add(above);
        }
      }
    }
    return all;
  }

  /** The hooks of a jar, declared or not, except abstract ones; none if it cannot be read. */
  static HookClasses hooksIn(Path file) {
    try {
      return of(file).hooks();
    } catch (IOException | RuntimeException e) {
      return new HookClasses(new TreeMap<>());
    }
  }

  /** The hooks, except abstract ones. */
  HookClasses hooks() {
    return hooks(seen -> seen.obstacle() != Obstacle.ABSTRACT);
  }

  /** The hooks that can be created. */
  HookClasses usableHooks() {
    return hooks(seen -> seen.obstacle() == null);
  }

  private HookClasses hooks(Predicate<SeenClass> isWanted) {
    var found = new TreeMap<String, Class<? extends Hook>>();
    for (var name : namesOf(seen -> !seen.isBroken() && isHook(seen) && isWanted.test(seen))) {
      found.put(name, hookInterface(Objects.requireNonNull(named(name))));
    }
    return new HookClasses(found);
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
