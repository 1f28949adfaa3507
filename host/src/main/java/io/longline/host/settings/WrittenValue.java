package io.longline.host.settings;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A value as somebody wrote it. Immutable.
 *
 * @param form how it is written
 * @param texts the value, or each of a list; of a {@link Form#TABLE} its keys and values in turn
 * @param source who wrote it
 * @param where the flag, the variable, or file and line, for people
 * @param folder relative paths are relative to this
 */
public record WrittenValue(
    Form form, List<String> texts, Source source, String where, Path folder) {

  /** How a value can be written. */
  enum Form {
    /** In a flag or a variable, where everything is text. */
    ANY,
    /** In quotes. */
    TEXT,
    /** A whole number. */
    WHOLE,
    /** A number with a point. */
    DECIMAL,
    /** True or false. */
    FLAG,
    /** In brackets. */
    LIST,
    /** In braces: {@code { env = "NAME" }}. */
    TABLE,
    /** What no setting takes, such as a date. */
    OTHER
  }

  /** Who wrote a value; the first counts. */
  public enum Source {
    /** A flag of the command. */
    FLAG,
    /** An environment variable. */
    ENVIRONMENT,
    /** The settings file. */
    FILE,
    /** Nobody. */
    DEFAULT
  }

  /** Makes a copy. */
  public WrittenValue {
    texts = List.copyOf(texts);
  }

  /** Where it is: the flag, the variable, or file and line. */
  public String place() {
    int end = source == Source.FILE ? where.lastIndexOf(": ") : -1;
    return end < 0 ? where : where.substring(0, end);
  }

  /** Writes it for another process of this program. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeUTF(form.name());
    out.writeInt(texts.size());
    for (var text : texts) {
      out.writeUTF(text);
    }
    out.writeUTF(source.name());
    out.writeUTF(where);
    out.writeUTF(folder.toString());
  }

  /** Reads what {@link #writeTo} wrote. */
  public static WrittenValue readFrom(DataInput in) throws IOException {
    var form = Form.valueOf(in.readUTF());
    int count = in.readInt();
    var texts = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      texts.add(in.readUTF());
    }
    return new WrittenValue(
        form, texts, Source.valueOf(in.readUTF()), in.readUTF(), Path.of(in.readUTF()));
  }

  /** The single text that was written. */
  public String text() {
    return String.join(",", texts);
  }

  /** What was written in braces. */
  Map<String, String> table() {
    return texts.size() == 2 ? Map.of(texts.get(0), texts.get(1)) : Map.of();
  }
}
