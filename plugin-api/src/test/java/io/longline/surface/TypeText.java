package io.longline.surface;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the declaration of a visible class. */
final class TypeText {

  /** What enums, records and annotations extend or implement by their nature. */
  private static final Set<Class<?>> BY_NATURE =
      Set.of(Object.class, Enum.class, Record.class, java.lang.annotation.Annotation.class);

  private final Class<?> type;

  TypeText(Class<?> type) {
    this.type = type;
  }

  /** The declaration in one line. */
  String declaration() {
    var supertypes = new TreeSet<String>();
    addSupertypes(type, supertypes);
    return AnnotationText.of(type)
        + modifiers()
        + kind()
        + " "
        + TypeNames.of(type)
        + TypeNames.parameters(type)
        + components()
        + (supertypes.isEmpty() ? "" : " : " + String.join(", ", supertypes))
        + permits();
  }

  private String modifiers() {
    var words = new ArrayList<String>();
    int modifiers = type.getModifiers();
    words.add(Modifier.isPublic(modifiers) ? "public" : "protected");
    boolean isClass = !type.isInterface() && !type.isEnum() && !type.isRecord();
    if (isClass && type.isMemberClass() && Modifier.isStatic(modifiers)) {
      words.add("static");
    }
    if (isClass && Modifier.isAbstract(modifiers)) {
      words.add("abstract");
    }
    if (isClass && Modifier.isFinal(modifiers)) {
      words.add("final");
    }
    if (type.isSealed()) {
      words.add("sealed");
    } else if (!Modifier.isFinal(modifiers) && Supertypes.of(type).anyMatch(Class::isSealed)) {
      words.add("non-sealed");
    }
    return String.join(" ", words) + " ";
  }

  private String kind() {
    if (type.isAnnotation()) {
      return "@interface";
    } else if (type.isInterface()) {
      return "interface";
    } else if (type.isEnum()) {
      return "enum";
    }
    return type.isRecord() ? "record" : "class";
  }

  private String components() {
    return type.isRecord()
        ? Arrays.stream(type.getRecordComponents())
            .map(each -> TypeNames.of(each.getAnnotatedType()) + " " + each.getName())
            .collect(joining(", ", "(", ")"))
        : "";
  }

  /** In place of a supertype that is not visible stand those that it has itself. */
  private static void addSupertypes(Class<?> type, Set<String> names) {
    var annotated =
        Stream.concat(
            Stream.ofNullable(type.getAnnotatedSuperclass()),
            Stream.of(type.getAnnotatedInterfaces()));
    var classes = Supertypes.of(type).toList();
    List<AnnotatedType> types = annotated.toList();
    for (int i = 0; i < classes.size(); i++) {
      if (!Visibility.isVisible(classes.get(i))) {
        addSupertypes(classes.get(i), names);
      } else if (!BY_NATURE.contains(classes.get(i))) {
        names.add(TypeNames.of(types.get(i)));
      }
    }
  }

  /** Three dots stand for permitted classes that are not visible. */
  private String permits() {
    var permitted = type.getPermittedSubclasses();
    return permitted == null
        ? ""
        : Arrays.stream(permitted)
            .map(each -> Visibility.isVisible(each) ? TypeNames.of(each) : "...")
            .distinct()
            .sorted()
            .collect(Collectors.joining(", ", " permits ", ""));
  }
}
