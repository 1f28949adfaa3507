package io.longline.host.project;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/** How a hook reads a column of a type, and writes it to a row. */
enum ColumnType {
  TIME("TimeField", "time", "time", ""),
  ADDR("AddressField", "address", "address", ""),
  STRING("StringField", "string", "string", ""),
  ENUM("StringField", "string", "string", ""),
  COUNT("IntegerField", "integer", "count", "0"),
  PORT("IntegerField", "integer", "integer", "0"),
  BOOL("BoolField", "bool", "bool", "false"),
  STRINGS("StringsField", "strings", "strings", "");

  private final String handle;
  private final String declaring;
  private final String writing;
  private final String ifUnset;

  /**
   * @param ifUnset what is written where the cell is unset; empty where the row is left unset there
   */
  ColumnType(String handle, String declaring, String writing, String ifUnset) {
    this.handle = handle;
    this.declaring = declaring;
    this.writing = writing;
    this.ifUnset = ifUnset;
  }

  /** The kind of column that has a type of Zeek. */
  static ColumnType of(String zeekType) {
    if (zeekType.startsWith("set[") || zeekType.startsWith("vector[")) {
      return STRINGS;
    }
    return Arrays.stream(values())
        .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(zeekType))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(zeekType));
  }

  /** The simple name of the class of its handles. */
  String handle() {
    return handle;
  }

  /** The method of {@code LogFields} that makes a handle. */
  String declaring() {
    return declaring;
  }

  /** A cell of a small log in a test, as an expression. */
  String literal(String example) {
    return switch (this) {
      case COUNT, PORT, BOOL -> example;
      case STRINGS -> "List.of(\"" + example + "\")";
      case TIME, ADDR, STRING, ENUM -> '"' + example + '"';
    };
  }

  /** The same cell, as it is written to a log. */
  String text(String example) {
    return switch (this) {
      case TIME -> Instant.parse(example).getEpochSecond() + ".000000";
      case BOOL -> example.equals("true") ? "T" : "F";
      case COUNT, PORT, STRINGS, ADDR, STRING, ENUM -> example;
    };
  }

  /** The call that writes a cell to a row. */
  String write(String constant, boolean mayBeUnset) {
    var other = mayBeUnset && !ifUnset.isEmpty() ? ", " + ifUnset : "";
    return ".%s(%s.get(record%s))".formatted(writing, constant, other);
  }
}
