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
 * @param texts the value, or the elements of a list; for {@link Form#TABLE} its keys and values in
 *     turn
 * @param source where it is written
 * @param where the flag, the variable, or file, line and name, for people
 * @param folder the folder at which relative paths start
 */
public record WrittenValue(
    Form form, List<String> texts, Source source, String where, Path folder) {

  /** How a value can be written. */
  enum Form {
    /** In a flag, a variable or a default, where everything is text. */
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
    /** Something that no setting accepts, such as a date. */
    OTHER
  }

  /** Where a value is written, in the order of precedence. */
  public enum Source {
    /** A flag of the command. */
    FLAG,
    /** An environment variable. */
    ENVIRONMENT,
    /** The settings file. */
    FILE,
    /** Nowhere: it is the default. */
    DEFAULT
  }

  /** Makes a copy of the list. */
  public WrittenValue {
    texts = List.copyOf(texts);
  }

  /** A value that was given with a flag. */
  public static WrittenValue ofFlag(String flag, List<String> texts) {
    return new WrittenValue(Form.ANY, texts, Source.FLAG, flag, Path.of(""));
  }

  /** The value of an environment variable. */
  static WrittenValue ofVariable(String variable, String text) {
    return new WrittenValue(Form.ANY, List.of(text), Source.ENVIRONMENT, variable, Path.of(""));
  }

  /** A default. */
  static WrittenValue ofDefault(String text) {
    return new WrittenValue(Form.ANY, List.of(text), Source.DEFAULT, "the default", Path.of(""));
  }

  /** A text in the place of this value. */
  WrittenValue withText(String text) {
    return new WrittenValue(Form.ANY, List.of(text), source, where, folder);
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

  /** Reads a value that {@link #writeTo} has written. */
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

  /** What was written, as one text. */
  public String text() {
    return String.join(",", texts);
  }

  /** What was written, without the password of a URL. */
  public String shownText() {
    return text()
        .replaceAll("(?i)(password=)[^&]*", "$1(secret)")
        .replaceAll("(//)[^@\\s]*@", "$1(secret)@");
  }

  /** What was written in braces, if it is one pair; empty otherwise. */
  Map<String, String> table() {
    return texts.size() == 2 ? Map.of(texts.get(0), texts.get(1)) : Map.of();
  }
}
