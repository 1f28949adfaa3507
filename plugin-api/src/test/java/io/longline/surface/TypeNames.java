package io.longline.surface;

import static java.util.stream.Collectors.joining;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/** Writes types as they are in a source file, the same way on every JDK. */
final class TypeNames {

  private static final Set<String> NULLNESS = Set.of("Nullable", "NonNull");

  private TypeNames() {}

  /** The name of a class; with its package, unless that is java.lang. */
  static String of(Class<?> type) {
    var name = type.getCanonicalName();
    return type.getPackageName().equals("java.lang") ? name.replace("java.lang.", "") : name;
  }

  /** A type with its arguments, and with the annotations that say what may be null. */
  static String of(AnnotatedType type) {
    if (type instanceof AnnotatedArrayType array) {
      return of(array.getAnnotatedGenericComponentType()) + nullness(type, " ", " ") + "[]";
    }
    return nullness(type, "", " ") + plain(type);
  }

  private static String plain(AnnotatedType type) {
    if (type instanceof AnnotatedParameterizedType generic) {
      var raw = (Class<?>) ((ParameterizedType) generic.getType()).getRawType();
      return of(raw) + "<" + joined(generic.getAnnotatedActualTypeArguments(), ", ") + ">";
    } else if (type instanceof AnnotatedWildcardType wildcard) {
      var lower = wildcard.getAnnotatedLowerBounds();
      return lower.length > 0
          ? "? super " + joined(lower, " & ")
          : "?" + bounds(wildcard.getAnnotatedUpperBounds());
    } else if (type instanceof AnnotatedTypeVariable variable) {
      return ((TypeVariable<?>) variable.getType()).getName();
    }
    return of((Class<?>) type.getType());
  }

  /** The parameters of a generic class or method, in angle brackets; empty if it has none. */
  static String parameters(GenericDeclaration generic) {
    var parameters = generic.getTypeParameters();
    return parameters.length == 0
        ? ""
        : Stream.of(parameters)
            .map(each -> each.getName() + bounds(each.getAnnotatedBounds()))
            .collect(joining(", ", "<", ">"));
  }

  private static String bounds(AnnotatedType[] bounds) {
    var text = joined(bounds, " & ");
    return text.isEmpty() || text.equals("Object") ? "" : " extends " + text;
  }

  static String joined(AnnotatedType[] types, String between) {
    return Arrays.stream(types).map(TypeNames::of).collect(joining(between));
  }

  private static String nullness(AnnotatedType type, String before, String after) {
    return Arrays.stream(type.getAnnotations())
        .map(Annotation::annotationType)
        .map(Class::getSimpleName)
        .filter(NULLNESS::contains)
        .map(name -> before + "@" + name + after)
        .collect(joining());
  }

  /** The names of classes or type variables, sorted. */
  static String sorted(Type[] types) {
    return Arrays.stream(types)
        .map(type -> type instanceof Class<?> known ? of(known) : type.getTypeName())
        .sorted()
        .collect(joining(", "));
  }
}
