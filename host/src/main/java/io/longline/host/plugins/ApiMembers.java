package io.longline.host.plugins;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/** The classes that plugins see of the host, with their methods and fields. Thread-safe. */
final class ApiMembers {

  private final ApiClassLoader loader = new ApiClassLoader(ApiMembers.class.getClassLoader());

  /** Whether plugins see a class, given by its internal name. */
  boolean hasClass(String internalName) {
    return find(internalName) != null;
  }

  private @Nullable Class<?> find(String internalName) {
    try {
      return Class.forName(internalName.replace('/', '.'), false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  /**
   * Whether a class has a method or field, if need be an inherited one; false without the class.
   */
  boolean hasMember(SeenClass.Member member) {
    var owner = find(member.owner());
    return owner != null
        && withSupertypes(owner).stream()
            .anyMatch(type -> member.isField() ? hasField(type, member) : hasCode(type, member));
  }

  private static boolean hasField(Class<?> type, SeenClass.Member member) {
    return Arrays.stream(type.getDeclaredFields())
        .anyMatch(
            field ->
                field.getName().equals(member.name())
                    && Type.getDescriptor(field.getType()).equals(member.descriptor()));
  }

  private static boolean hasCode(Class<?> type, SeenClass.Member member) {
    return Stream.<Executable>concat(
            Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredConstructors()))
        .anyMatch(code -> isMember(code, member));
  }

  private static boolean isMember(Executable code, SeenClass.Member member) {
    if (code instanceof Method method) {
      return method.getName().equals(member.name())
          && Type.getMethodDescriptor(method).equals(member.descriptor());
    }
    return member.name().equals("<init>")
        && Type.getConstructorDescriptor((Constructor<?>) code).equals(member.descriptor());
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
}
