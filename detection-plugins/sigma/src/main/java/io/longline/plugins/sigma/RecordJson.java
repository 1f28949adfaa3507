package io.longline.plugins.sigma;

/** Writes a record as a JSON object of texts. */
final class RecordJson {

  /** The number of characters after which fields are left out. */
  private static final int MAX_LENGTH = 64 * 1024;

  private RecordJson() {}

  /** The fields of a record that have values, each a text or a list of texts. */
  static String of(Values values) {
    var json = new StringBuilder("{");
    for (int column = 0; column < values.columnCount() && json.length() < MAX_LENGTH; column++) {
      var cell = values.column(column);
      if (cell.count() > 0) {
        json.append(json.length() == 1 ? "" : ",");
        text(json, values.record().name(column));
        json.append(':');
        cell(json, cell, values.type(column).isContainer());
      }
    }
    return json.append('}').toString();
  }

  private static void cell(StringBuilder json, Cell cell, boolean isList) {
    if (!isList) {
      text(json, cell.value(0).text());
      return;
    }
    json.append('[');
    for (int i = 0; i < cell.count() && json.length() < MAX_LENGTH; i++) {
      json.append(i == 0 ? "" : ",");
      text(json, cell.value(i).text());
    }
    json.append(']');
  }

  private static void text(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length() && i < MAX_LENGTH; i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
