package io.longline.surface;

import java.util.stream.Stream;

/** The class that a class extends, and the interfaces that it implements. */
final class Supertypes {

  private Supertypes() {}

  static Stream<Class<?>> of(Class<?> type) {
    return Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()));
  }
}
