package io.longline.host.plugins;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What keeps an object of a class from being created, and what its author can write instead. */
enum Obstacle {
  /** The class is an interface, or abstract. */
  ABSTRACT(
      "it is abstract",
      "Take it out of the file that names it, and name a class there that is not abstract."),
  /** The class is within another one, and each object of it would need one of the other. */
  INNER(
      "it is an inner class that is not static",
      "Write public static class %1$s, or move the class to a file of its own."),
  /** The class is not public. */
  NOT_PUBLIC("the class is not public", "Write public class %1$s."),
  /** Each constructor has parameters. */
  NO_CONSTRUCTOR(
      "it has no constructor without parameters", "Give it the constructor public %1$s() { }."),
  /** The constructor without parameters is not public. */
  CONSTRUCTOR_NOT_PUBLIC(
      "its constructor without parameters is not public",
      "Write public %1$s() in front of the constructor's body.");

  private final String reason;
  private final String remedy;

  Obstacle(String reason, String remedy) {
    this.reason = reason;
    this.remedy = remedy;
  }

  /** The end of a sentence. */
  String reason() {
    return reason;
  }

  /** What to do, in one sentence. */
  String remedy(String className) {
    var simpleName = className.substring(className.lastIndexOf('.') + 1);
    return remedy.formatted(simpleName.substring(simpleName.lastIndexOf('$') + 1));
  }

  /** The first obstacle of a class that was loaded; null if there is none. */
  static @Nullable Obstacle of(Class<?> type) {
    int modifiers = type.getModifiers();
    var constructor =
        Arrays.stream(type.getDeclaredConstructors())
            .filter(each -> each.getParameterCount() == 0)
            .map(Constructor::getModifiers)
            .findFirst();
    return of(
        Modifier.isAbstract(modifiers),
        type.getEnclosingClass() != null && !Modifier.isStatic(modifiers),
        Modifier.isPublic(modifiers),
        constructor.isPresent(),
        constructor.filter(Modifier::isPublic).isPresent());
  }

  /** The first obstacle among these; null if there is none. */
  static @Nullable Obstacle of(
      boolean isAbstract,
      boolean isInner,
      boolean isPublic,
      boolean hasConstructor,
      boolean hasPublicConstructor) {
    if (isAbstract) {
      return ABSTRACT;
    }
    if (isInner) {
      return INNER;
    }
    if (!isPublic) {
      return NOT_PUBLIC;
    }
    if (!hasConstructor) {
      return NO_CONSTRUCTOR;
    }
    return hasPublicConstructor ? null : CONSTRUCTOR_NOT_PUBLIC;
  }
}
