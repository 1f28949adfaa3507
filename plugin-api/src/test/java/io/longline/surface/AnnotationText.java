package io.longline.surface;

import static java.util.stream.Collectors.joining;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/** Writes annotations and their values, the same way on every JDK. */
final class AnnotationText {

  private AnnotationText() {}

  /** The annotations of an element, each with a space after it. */
  static String of(AnnotatedElement element) {
    return Arrays.stream(element.getDeclaredAnnotations())
        .map(AnnotationText::of)
        .sorted()
        .map(text -> text + " ")
        .collect(joining());
  }

  private static String of(Annotation annotation) {
    var values =
        Arrays.stream(annotation.annotationType().getDeclaredMethods())
            .filter(
                method -> !Objects.deepEquals(value(annotation, method), method.getDefaultValue()))
            .map(method -> method.getName() + " = " + of(value(annotation, method)))
            .sorted()
            .collect(joining(", "));
    return "@"
        + TypeNames.of(annotation.annotationType())
        + (values.isEmpty() ? "" : "(" + values + ")");
  }

  private static Object value(Annotation annotation, Method method) {
    try {
      return method.invoke(annotation);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(method + " cannot be read", e);
    }
  }

  /** A value of an annotation. */
  static String of(Object value) {
    if (value.getClass().isArray()) {
      return IntStream.range(0, Array.getLength(value))
          .mapToObj(i -> of(Array.get(value, i)))
          .collect(joining(", ", "{", "}"));
    } else if (value instanceof Class<?> type) {
      return TypeNames.of(type) + ".class";
    } else if (value instanceof Enum<?> constant) {
      return constant.name();
    } else if (value instanceof Annotation annotation) {
      return of(annotation);
    }
    return value instanceof String text ? '"' + escaped(text) + '"' : value.toString();
  }

  /** The text with a control character as its escape, so that the surface stays a text. */
  private static String escaped(String text) {
    var escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      escaped.append(each < ' ' ? String.format("\\u%04x", (int) each) : each);
    }
    return escaped.toString();
  }
}
