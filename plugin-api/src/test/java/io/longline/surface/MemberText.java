package io.longline.surface;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Writes the visible members of a class, a line for each. */
final class MemberText {

  /** What every object has. */
  private static final Set<String> OF_OBJECT =
      Set.of("boolean equals(Object)", "int hashCode()", "String toString()");

  private final Class<?> type;

  MemberText(Class<?> type) {
    this.type = type;
  }

  /** Constants of an enum in their order, and everything else sorted. */
  List<String> lines() {
    var lines = new ArrayList<String>();
    for (var field : type.getDeclaredFields()) {
      if (field.isEnumConstant() && Visibility.isVisible(field, type)) {
        lines.add("constant " + AnnotationText.of(field) + field.getName());
      }
    }
    var sorted = new TreeSet<String>();
    for (var constructor : type.getDeclaredConstructors()) {
      if (Visibility.isVisible(constructor, type) && !isOfRecord(constructor)) {
        sorted.add(text(constructor));
      }
    }
    addInherited(type, sorted);
    lines.addAll(sorted);
    return lines;
  }

  /** What a class has from others that are not visible themselves belongs to it. */
  private void addInherited(Class<?> from, Set<String> lines) {
    for (var field : from.getDeclaredFields()) {
      if (!field.isEnumConstant() && Visibility.isVisible(field, type)) {
        lines.add(text(field));
      }
    }
    for (var method : from.getDeclaredMethods()) {
      if (Visibility.isVisible(method, type) && !isGiven(method)) {
        lines.add(text(method));
      }
    }
    Supertypes.of(from)
        .filter(each -> !Visibility.isVisible(each))
        .forEach(each -> addInherited(each, lines));
  }

  private boolean isOfRecord(Constructor<?> constructor) {
    return type.isRecord()
        && Arrays.equals(
            constructor.getParameterTypes(),
            Arrays.stream(type.getRecordComponents()).map(each -> each.getType()).toArray());
  }

  /** Whether the language gives this method to the class. */
  private boolean isGiven(Method method) {
    if (OF_OBJECT.contains(signature(method))) {
      return true;
    }
    if (type.isEnum() && Modifier.isStatic(method.getModifiers())) {
      return method.getName().equals("values") || method.getName().equals("valueOf");
    }
    return type.isRecord()
        && method.getParameterCount() == 0
        && Arrays.stream(type.getRecordComponents())
            .anyMatch(each -> each.getName().equals(method.getName()));
  }

  private static String text(Field field) {
    return AnnotationText.of(field)
        + modifiers(field.getModifiers(), Modifier.fieldModifiers() & ~Modifier.TRANSIENT)
        + TypeNames.of(field.getAnnotatedType())
        + " "
        + field.getName();
  }

  private String text(Constructor<?> constructor) {
    return AnnotationText.of(constructor)
        + modifiers(constructor.getModifiers(), Modifier.constructorModifiers())
        + generic(constructor)
        + type.getSimpleName()
        + parameters(constructor)
        + thrown(constructor);
  }

  private static String text(Method method) {
    var value = method.getDefaultValue();
    return AnnotationText.of(method)
        + modifiers(
            method.getModifiers(),
            Modifier.methodModifiers()
                & ~Modifier.SYNCHRONIZED
                & ~Modifier.NATIVE
                & ~Modifier.STRICT)
        + (method.isDefault() ? "default " : "")
        + generic(method)
        + signature(method)
        + thrown(method)
        + (value == null ? "" : " default " + AnnotationText.of(value));
  }

  private static String signature(Method method) {
    return TypeNames.of(method.getAnnotatedReturnType())
        + " "
        + method.getName()
        + parameters(method);
  }

  private static String modifiers(int modifiers, int kept) {
    var text = Modifier.toString(modifiers & kept);
    return text.isEmpty() ? "" : text + " ";
  }

  private static String generic(Executable executable) {
    var text = TypeNames.parameters(executable);
    return text.isEmpty() ? "" : text + " ";
  }

  private static String parameters(Executable executable) {
    var types = executable.getAnnotatedParameterTypes();
    var texts = new ArrayList<String>();
    for (int i = 0; i < types.length; i++) {
      boolean isOpen = executable.isVarArgs() && i == types.length - 1;
      texts.add(isOpen ? varArgs(types[i]) : TypeNames.of(types[i]));
    }
    return texts.stream().collect(joining(", ", "(", ")"));
  }

  private static String varArgs(AnnotatedType array) {
    return TypeNames.of(((AnnotatedArrayType) array).getAnnotatedGenericComponentType()) + "...";
  }

  private static String thrown(Executable executable) {
    var text = TypeNames.sorted(executable.getGenericExceptionTypes());
    return text.isEmpty() ? "" : " throws " + text;
  }
}
