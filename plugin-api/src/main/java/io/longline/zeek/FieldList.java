package io.longline.zeek;

import java.util.ArrayList;
import java.util.List;

/**
 * The fields behind a {@link LogFields} and its handles: a list that grows until it is first used.
 * Thread-safe.
 */
final class FieldList {

  private final String path;
  private final Object lock = new Object();

  /** Immutable once it is used; the views of records are compared with it by identity. */
  private List<WantedField> fields = new ArrayList<>();

  private boolean isUsed;

  FieldList(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  /** Adds a field, and returns its column. */
  int add(WantedField field) {
    synchronized (lock) {
      if (isUsed) {
        throw new IllegalStateException(
            "The field %s comes too late: the fields of %s are in use already. Declare it before, as a static field of the class."
                .formatted(field, path));
      }
      var longer = new ArrayList<>(fields);
      longer.add(field);
      WantedField.distinct(longer);
      fields.add(field);
      return fields.size() - 1;
    }
  }

  /** The fields in the order of their columns; no field can be added from now on. */
  List<WantedField> use() {
    synchronized (lock) {
      if (!isUsed) {
        isUsed = true;
        fields = List.copyOf(fields);
      }
      return fields;
    }
  }

  /** Whether a view shows these fields, as far as identity shows it. */
  @SuppressWarnings("ReferenceEquality") // A comparison for each cell must cost nothing.
  boolean isOf(View view) {
    return view.wanted == fields;
  }

  /**
   * Makes sure that a view shows these fields.
   *
   * @param name the field that is asked for, for the message
   * @throws IllegalArgumentException if it shows others
   */
  void check(View view, String name) {
    var mine = use();
    var shown = view.wanted;
    if (shown == null || !shown.equals(mine)) {
      throw new IllegalArgumentException(
          "The field %s belongs to the fields %s of %s, but the record shows %s. Use the handles that the log of this record was asked for with; a sink of several logs learns from begin(path) which log comes."
              .formatted(name, mine, path, shown == null ? "all fields of its log" : shown));
    }
  }
}
