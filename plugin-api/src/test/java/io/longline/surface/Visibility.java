package io.longline.surface;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What others can use: what is public or protected, and not marked internal by an annotation of
 * that name or by its package.
 */
final class Visibility {

  private Visibility() {}

  static boolean isVisible(Class<?> type) {
    if (isInternal(type) || isInternal(type.getPackage()) || !isOpen(type.getModifiers())) {
      return false;
    }
    var outer = type.getEnclosingClass();
    return !type.getPackageName().endsWith(".internal")
        && (outer == null || !type.isAnonymousClass() && !type.isLocalClass() && isVisible(outer));
  }

  /** Whether a member of a visible class, or of one that a visible class extends, is visible. */
  static <M extends Member & AnnotatedElement> boolean isVisible(M member, Class<?> of) {
    int modifiers = member.getModifiers();
    boolean isOpen =
        Modifier.isFinal(of.getModifiers()) ? Modifier.isPublic(modifiers) : isOpen(modifiers);
    return isOpen && !member.isSynthetic() && !isInternal(member);
  }

  private static boolean isOpen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static boolean isInternal(@Nullable AnnotatedElement element) {
    return element != null
        && Arrays.stream(element.getAnnotations())
            .anyMatch(each -> each.annotationType().getSimpleName().equals("Internal"));
  }
}
