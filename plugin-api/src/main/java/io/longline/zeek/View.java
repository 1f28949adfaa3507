package io.longline.zeek;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a record shows: the fields that the reader was asked for, or all of the schema.
 * Confined to the reader's thread.
 */
final class View {

  /** The number of names of a log among which a similar one is looked for. */
  private static final int MAX_COMPARED = 500;

  /** The fields that it shows; null for all. */
  final @Nullable List<WantedField> wanted;

  private final Map<String, Integer> wantedIndexes = new HashMap<>();

  /** The wanted fields that some schema had. */
  private final BitSet found = new BitSet();

  private @Nullable String elementOf;
  private int elementCount;
  LogSchema schema = LogSchema.of(null, TsvFormat.ZEEK, List.of(), null);

  View(@Nullable List<WantedField> wanted) {
    this.wanted = wanted;
    if (wanted != null) {
      for (int i = 0; i < wanted.size(); i++) {
        for (var name : wanted.get(i).names()) {
          wantedIndexes.put(name, i);
        }
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

  boolean showsAll() {
    return wanted == null;
  }

  void use(LogSchema schema) {
    this.schema = schema;
    for (int i = found.nextClearBit(0); i < wantedCount(); i = found.nextClearBit(i + 1)) {
      found.set(i, index(i) >= 0);
    }
  }

  private int wantedCount() {
    return wanted == null ? 0 : wanted.size();
  }

  /** The position in the schema of a wanted field, by the first of its names there; -1 if none. */
  private int index(int column) {
    for (var name : Objects.requireNonNull(wanted).get(column).names()) {
      int index = schema.indexOf(name);
      if (index >= 0) {
        return index;
      }
    }
    return -1;
  }

  /** The required fields that no schema has had so far; none before there is a schema. */
  List<ReadReport.MissingField> missing() {
    if (wanted == null || schema.fields().isEmpty()) {
      return List.of();
    }
    // A hostile header has thousands; the name that was meant is among the first.
    var known = schema.fields().stream().limit(MAX_COMPARED).map(Field::name).toList();
    var missing = new ArrayList<ReadReport.MissingField>();
    for (int i = found.nextClearBit(0); i < wantedCount(); i = found.nextClearBit(i + 1)) {
      var field = wanted.get(i);
      if (!field.isOptional()) {
        var nearest = field.names().stream().flatMap(each -> NearestName.of(each, known).stream());
        missing.add(
            new ReadReport.MissingField(field.toString(), nearest.findFirst().orElse(null)));
      }
    }
    return missing;
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
    return wanted == null ? schema.fields().get(column).name() : wanted.get(column).name();
  }

  /** The type that the schema gives a column of the view; {@code string} if it lacks the column. */
  ZeekType type(int column) {
    if (wanted == null) {
      return schema.fields().get(column).type();
    }
    int index = index(column);
    return index < 0 ? ZeekType.STRING : schema.fields().get(index).type();
  }

  /**
   * For each column of the schema, its number in the view or -1; one more -1 for surplus columns.
   */
  int[] slots() {
    int columns = schema.fields().size();
    var slots = new int[columns + 1];
    Arrays.setAll(slots, i -> wanted == null && i < columns ? i : -1);
    for (int i = 0; i < wantedCount(); i++) {
      int index = index(i);
      if (index >= 0) {
        slots[index] = i;
      }
    }
    return slots;
  }
}
