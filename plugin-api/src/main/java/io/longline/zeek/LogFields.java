package io.longline.zeek;

import java.util.List;
import java.util.Objects;

/**
 * The fields that are wanted of one log, each with a handle that reads it by name and type.
 * Thread-safe.
 *
 * <pre>{@code
 * private static final LogFields DNS = LogFields.of("dns");
 * private static final AddressField CLIENT = DNS.address("id.orig_h");
 * private static final StringField QUERY = DNS.optional().string("query");
 *
 * try (var reader = file.open(DNS)) {
 *   reader.forEach(record -> System.out.println(CLIENT.get(record) + " " + QUERY.get(record)));
 * }
 * }</pre>
 *
 * <p>A field is required unless it is declared behind {@link #optional()}: a log that lacks a
 * required field is reported (see {@link ReadReport#missingFields()}), and the field is unset in
 * every row. Names behind the first are other names of the same field: {@code FILES.strings("uid",
 * "conn_uids")}.
 *
 * <p>All fields must be declared before the first use, each once. A field that is declared later
 * throws {@link IllegalStateException}, a name that is declared twice {@link
 * IllegalArgumentException}.
 *
 * @since 0.1.0
 */
public final class LogFields {

  private final FieldList list;
  private final boolean isOptional;

  private LogFields(FieldList list, boolean isOptional) {
    this.list = list;
    this.isOptional = isOptional;
  }

  /**
   * The fields of a log; none so far.
   *
   * @param path the path of the log, such as {@code conn}
   */
  public static LogFields of(String path) {
    return new LogFields(new FieldList(Objects.requireNonNull(path, "path")), false);
  }

  /** These fields; those declared with the result are optional: a log may lack them. */
  public LogFields optional() {
    return new LogFields(list, true);
  }

  /**
   * A field that is read as text.
   *
   * @param otherNames other names that it has in other versions of Zeek
   */
  public StringField string(String name, String... otherNames) {
    return new StringField(list, wanted(name, otherNames));
  }

  /**
   * A field that is read as a whole number: an {@code int}, {@code count} or {@code port}.
   *
   * @param otherNames other names that it has in other versions of Zeek
   */
  public IntegerField integer(String name, String... otherNames) {
    return new IntegerField(list, wanted(name, otherNames));
  }

  /**
   * A field that is read as a {@code double}.
   *
   * @param otherNames other names that it has in other versions of Zeek
   */
  public RealField real(String name, String... otherNames) {
    return new RealField(list, wanted(name, otherNames));
  }

  /**
   * A field that is read as a {@code bool}.
   *
   * @param otherNames other names that it has in other versions of Zeek
   */
  public BoolField bool(String name, String... otherNames) {
    return new BoolField(list, wanted(name, otherNames));
  }

  /**
   * A field that is read as a {@code time}.
   *
   * @param otherNames other names that it has in other versions of Zeek
   */
  public TimeField time(String name, String... otherNames) {
    return new TimeField(list, wanted(name, otherNames));
  }

  /**
   * A field that is read as an {@code interval}.
   *
   * @param otherNames other names that it has in other versions of Zeek
   */
  public IntervalField interval(String name, String... otherNames) {
    return new IntervalField(list, wanted(name, otherNames));
  }

  /**
   * A field that is read as an {@code addr}.
   *
   * @param otherNames other names that it has in other versions of Zeek
   */
  public AddressField address(String name, String... otherNames) {
    return new AddressField(list, wanted(name, otherNames));
  }

  /**
   * A field that is read as a {@code subnet}.
   *
   * @param otherNames other names that it has in other versions of Zeek
   */
  public SubnetField subnet(String name, String... otherNames) {
    return new SubnetField(list, wanted(name, otherNames));
  }

  /**
   * A field that is read as the elements of a set or vector.
   *
   * @param otherNames other names that it has in other versions of Zeek
   */
  public StringsField strings(String name, String... otherNames) {
    return new StringsField(list, wanted(name, otherNames));
  }

  private WantedField wanted(String name, String... otherNames) {
    var field = isOptional ? WantedField.optional(name) : WantedField.required(name);
    return otherNames.length == 0 ? field : field.orNamed(List.of(otherNames));
  }

  /** The path of the log. */
  public String path() {
    return list.path();
  }

  /** The fields, in the order of their columns. This is their first use, or a later one. */
  public List<WantedField> fields() {
    return list.use();
  }

  /** The path and the fields. */
  @Override
  public String toString() {
    return path() + " " + fields();
  }
}
