package io.longline.zeek;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Java record class as the columns of a log. Immutable. */
final class RecordColumns<T extends Record> {

  private final Class<T> type;
  private final Constructor<T> constructor;
  private final RecordComponent[] components;
  private final ColumnCodec[] codecs;
  private final List<String> names = new ArrayList<>();

  /**
   * The columns of a record class.
   *
   * @throws IllegalArgumentException if a component has a type that no column can have
   */
  RecordColumns(Class<T> type) {
    this.type = type;
    this.components = type.getRecordComponents();
    this.codecs = Arrays.stream(components).map(ColumnCodec::of).toArray(ColumnCodec[]::new);
    for (var component : components) {
      names.add(name(component));
      component.getAccessor().setAccessible(true);
    }
    try {
      constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("The record " + type + " has no canonical constructor.", e);
    }
  }

  private static String name(RecordComponent component) {
    var column = component.getAnnotation(Column.class);
    return column == null || column.value().isEmpty() ? component.getName() : column.value();
  }

  /** The columns to read; those that cannot be null are required. */
  List<WantedField> wanted() {
    var wanted = new ArrayList<WantedField>();
    for (int i = 0; i < components.length; i++) {
      boolean isRequired = components[i].getType().isPrimitive();
      var name = names.get(i);
      wanted.add(isRequired ? WantedField.required(name) : WantedField.optional(name));
    }
    return wanted;
  }

  /** The schema that records are written with. */
  LogSchema schema(String path, LogFormat format) {
    var schema = LogSchema.builder(path).format(format);
    for (int i = 0; i < components.length; i++) {
      var column = components[i].getAnnotation(Column.class);
      boolean isDeclared = column != null && !column.type().isEmpty();
      schema.field(names.get(i), isDeclared ? column.type() : codecs[i].zeekType());
    }
    return schema.build();
  }

  /** A record of a row with these columns. */
  T read(LogRecord row) {
    var values = new @Nullable Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = codecs[i].reader().read(row, i);
      if (values[i] == null && components[i].getType().isPrimitive()) {
        throw row.unfit(i, "a value, since " + components[i].getName() + " cannot be null");
      }
    }
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new ZeekFormatException(
          row.file, row.line(), null, type.getSimpleName() + " refuses the row: " + e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The record " + type + " cannot be created.", e);
    }
  }

  /** Sets all columns of a row. */
  void write(T value, RowWriter row) {
    for (int i = 0; i < components.length; i++) {
      var component = component(value, i);
      if (component == null) {
        row.unset();
      } else {
        codecs[i].writer().write(row, component);
      }
    }
  }

  private @Nullable Object component(T value, int index) {
    try {
      return components[index].getAccessor().invoke(value);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "The component " + components[index].getName() + " of " + type.getName() + " throws.",
          e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("The record " + type + " cannot be read.", e);
    }
  }
}
