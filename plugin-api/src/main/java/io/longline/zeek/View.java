package io.longline.zeek;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a record shows: the fields that the reader was asked for, or all of the schema.
 * Confined to the reader's thread.
 */
final class View {

  private final @Nullable List<String> wanted;
  private final Map<String, Integer> wantedIndexes = new HashMap<>();
  private @Nullable String elementOf;
  private int elementCount;
  LogSchema schema = LogSchema.of(null, TsvFormat.ZEEK, List.of(), null);

  View(@Nullable List<String> wanted) {
    this.wanted = wanted;
    if (wanted != null) {
      for (int i = 0; i < wanted.size(); i++) {
        wantedIndexes.put(wanted.get(i), i);
      }
    }
  }

  /** A view of the elements of one cell, all named after its column. */
  static View ofElements() {
    return new View(null);
  }

  void useElements(LogSchema schema, String column, int count) {
    this.schema = schema;
    this.elementOf = column;
    this.elementCount = count;
  }

  /** The fields that it shows; null for all. */
  @Nullable List<String> wanted() {
    return wanted;
  }

  boolean showsAll() {
    return wanted == null;
  }

  void use(LogSchema schema) {
    this.schema = schema;
  }

  LogSchema schema() {
    return schema;
  }

  int size() {
    if (elementOf != null) {
      return elementCount;
    }
    return wanted == null ? schema.fields().size() : wanted.size();
  }

  int indexOf(String name) {
    if (elementOf != null) {
      return -1;
    }
    return wanted == null ? schema.indexOf(name) : wantedIndexes.getOrDefault(name, -1);
  }

  String name(int column) {
    if (elementOf != null) {
      return elementOf;
    }
    return wanted == null ? schema.fields().get(column).name() : wanted.get(column);
  }

  /** The type that the schema gives a column of the view; {@code string} if it lacks the column. */
  ZeekType type(int column) {
    if (wanted == null) {
      return schema.fields().get(column).type();
    }
    int index = schema.indexOf(wanted.get(column));
    return index < 0 ? ZeekType.STRING : schema.fields().get(index).type();
  }

  /**
   * For each column of the schema, its number in the view or -1; one more -1 for surplus columns.
   */
  int[] slots() {
    var fields = schema.fields();
    var slots = new int[fields.size() + 1];
    for (int i = 0; i < fields.size(); i++) {
      // If two columns have one name, a list of fields means the first.
      boolean shadowed = wanted != null && schema.indexOf(fields.get(i).name()) != i;
      slots[i] = wanted == null ? i : shadowed ? -1 : indexOf(fields.get(i).name());
    }
    slots[fields.size()] = -1;
    return slots;
  }
}
