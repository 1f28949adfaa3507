package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * The markers of a TSV log and the way its cells are escaped. Immutable.
 *
 * <p>Each marker is a sequence of bytes, one or more for the separators. {@link #ZEEK} has Zeek's
 * own: separator TAB, set separator {@code ,}, empty {@code (empty)}, unset {@code -}, header lines
 * that start with {@code #}, UTF-8 written as it is.
 *
 * @since 0.1.0
 */
public final class TsvFormat implements LogFormat {

  /** The default of Zeek 4.2 and newer. */
  public static final TsvFormat ZEEK =
      new TsvFormat(bytes("\t"), bytes(","), bytes("(empty)"), bytes("-"), bytes("#"), true);

  private final byte[] separator;
  private final byte[] setSeparator;
  private final byte[] emptyField;
  private final byte[] unsetField;
  private final byte[] metaPrefix;
  private final boolean utf8;

  private TsvFormat(
      byte[] separator,
      byte[] setSeparator,
      byte[] emptyField,
      byte[] unsetField,
      byte[] metaPrefix,
      boolean utf8) {
    this.separator = separator;
    this.setSeparator = setSeparator;
    this.emptyField = emptyField;
    this.unsetField = unsetField;
    this.metaPrefix = metaPrefix;
    this.utf8 = utf8;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /**
   * A copy with this separator between columns.
   *
   * @throws IllegalArgumentException if it is empty or has a line feed
   */
  public TsvFormat withSeparator(String separator) {
    return withSeparator(bytes(separator));
  }

  TsvFormat withSeparator(byte[] separator) {
    checkSeparator("separator", separator);
    return new TsvFormat(separator, setSeparator, emptyField, unsetField, metaPrefix, utf8);
  }

  /**
   * A copy with this separator between elements of sets and vectors.
   *
   * @throws IllegalArgumentException if it is empty or has a line feed
   */
  public TsvFormat withSetSeparator(String setSeparator) {
    return withSetSeparator(bytes(setSeparator));
  }

  TsvFormat withSetSeparator(byte[] setSeparator) {
    checkSeparator("set separator", setSeparator);
    return new TsvFormat(separator, setSeparator, emptyField, unsetField, metaPrefix, utf8);
  }

  /** A copy with this marker for an empty string, set or vector. */
  public TsvFormat withEmptyField(String emptyField) {
    return withEmptyField(bytes(emptyField));
  }

  TsvFormat withEmptyField(byte[] emptyField) {
    return new TsvFormat(separator, setSeparator, emptyField, unsetField, metaPrefix, utf8);
  }

  /** A copy with this marker for an unset value. */
  public TsvFormat withUnsetField(String unsetField) {
    return withUnsetField(bytes(unsetField));
  }

  TsvFormat withUnsetField(byte[] unsetField) {
    return new TsvFormat(separator, setSeparator, emptyField, unsetField, metaPrefix, utf8);
  }

  /**
   * A copy whose header lines start with this prefix.
   *
   * @throws IllegalArgumentException if it is empty or has a line feed
   */
  public TsvFormat withMetaPrefix(String metaPrefix) {
    return withMetaPrefix(bytes(metaPrefix));
  }

  TsvFormat withMetaPrefix(byte[] metaPrefix) {
    checkSeparator("meta prefix", metaPrefix);
    return new TsvFormat(separator, setSeparator, emptyField, unsetField, metaPrefix, utf8);
  }

  /**
   * A copy with this escape style.
   *
   * @param utf8 true: valid UTF-8 is written as it is (Zeek's {@code enable_utf_8}); false: every
   *     byte above 0x7e is written {@code \xHH}
   */
  public TsvFormat withUtf8(boolean utf8) {
    return new TsvFormat(separator, setSeparator, emptyField, unsetField, metaPrefix, utf8);
  }

  private static void checkSeparator(String what, byte[] marker) {
    if (marker.length == 0) {
      throw new IllegalArgumentException("The " + what + " is empty.");
    }
    for (byte b : marker) {
      if (b == '\n') {
        throw new IllegalArgumentException("The " + what + " has a line feed in it.");
      }
    }
  }

  /** The separator between columns. */
  public String separator() {
    return new String(separator, UTF_8);
  }

  /** The separator between elements of sets and vectors. */
  public String setSeparator() {
    return new String(setSeparator, UTF_8);
  }

  /** The marker for an empty string, set or vector. */
  public String emptyField() {
    return new String(emptyField, UTF_8);
  }

  /** The marker for an unset value. */
  public String unsetField() {
    return new String(unsetField, UTF_8);
  }

  /** The prefix of header lines. */
  public String metaPrefix() {
    return new String(metaPrefix, UTF_8);
  }

  /** Whether valid UTF-8 is written as it is. */
  public boolean utf8() {
    return utf8;
  }

  byte[] separatorBytes() {
    return separator;
  }

  byte[] setSeparatorBytes() {
    return setSeparator;
  }

  byte[] emptyFieldBytes() {
    return emptyField;
  }

  byte[] unsetFieldBytes() {
    return unsetField;
  }

  byte[] metaPrefixBytes() {
    return metaPrefix;
  }

  void writeTo(DataOutput out) throws IOException {
    for (var marker : new byte[][] {separator, setSeparator, emptyField, unsetField, metaPrefix}) {
      out.writeInt(marker.length);
      out.write(marker);
    }
    out.writeBoolean(utf8);
  }

  static TsvFormat readFrom(DataInput in) throws IOException {
    var markers = new byte[5][];
    for (int i = 0; i < markers.length; i++) {
      markers[i] = new byte[in.readInt()];
      in.readFully(markers[i]);
    }
    return new TsvFormat(
        markers[0], markers[1], markers[2], markers[3], markers[4], in.readBoolean());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TsvFormat that
        && Arrays.equals(separator, that.separator)
        && Arrays.equals(setSeparator, that.setSeparator)
        && Arrays.equals(emptyField, that.emptyField)
        && Arrays.equals(unsetField, that.unsetField)
        && Arrays.equals(metaPrefix, that.metaPrefix)
        && utf8 == that.utf8;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        Arrays.hashCode(separator),
        Arrays.hashCode(setSeparator),
        Arrays.hashCode(emptyField),
        Arrays.hashCode(unsetField),
        Arrays.hashCode(metaPrefix),
        utf8);
  }

  @Override
  public String toString() {
    return "TsvFormat[separator=%s, setSeparator=%s, emptyField=%s, unsetField=%s, metaPrefix=%s, utf8=%s]"
        .formatted(
            FieldEscapes.headerText(separator),
            FieldEscapes.headerText(setSeparator),
            FieldEscapes.headerText(emptyField),
            FieldEscapes.headerText(unsetField),
            FieldEscapes.headerText(metaPrefix),
            utf8);
  }
}
