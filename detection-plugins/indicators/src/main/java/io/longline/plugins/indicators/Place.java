package io.longline.plugins.indicators;

import io.longline.zeek.LogRecord;
import io.longline.zeek.WantedField;
import java.util.List;
import java.util.Set;

/**
 * A field of a log in which indicators are looked for. Immutable.
 *
 * @param log the path of the log
 * @param field the name of the field
 * @param otherNames other names that it has
 * @param where what Zeek calls the place, such as {@code Conn::IN_ORIG}
 * @param types the types that are looked for there
 * @param reading how the cell is read
 */
record Place(
    String log,
    String field,
    List<String> otherNames,
    String where,
    Set<IndicatorType> types,
    Reading reading) {

  /** Reads a cell, and looks for what is in it. */
  @FunctionalInterface
  interface Reading {

    /** Looks for what is in a cell that is set. */
    void read(LogRecord record, int column, Place place, Search search);
  }

  /** The type of a place that has one. */
  IndicatorType textType() {
    return types.iterator().next();
  }

  /** The field, which a log may lack. */
  WantedField wanted() {
    var wanted = WantedField.optional(field);
    return otherNames.isEmpty() ? wanted : wanted.orNamed(otherNames);
  }
}
