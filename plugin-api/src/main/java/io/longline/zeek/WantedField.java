package io.longline.zeek;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * A field that is wanted of a log. Immutable.
 *
 * <p>Zeek changes names between versions: {@code files.log} had {@code conn_uids} before Zeek 5.1
 * and has {@code uid} since. Such a field is wanted by one name, with the others behind it.
 *
 * @since 0.1.0
 */
public final class WantedField {

  private final String name;
  private final List<String> otherNames;
  private final boolean isOptional;

  private WantedField(String name, List<String> otherNames, boolean isOptional) {
    this.name = Objects.requireNonNull(name, "name");
    this.otherNames = List.copyOf(otherNames);
    this.isOptional = isOptional;
  }

  /** A field that each log should have. */
  public static WantedField required(String name) {
    return new WantedField(name, List.of(), false);
  }

  /** A field that a log may lack; it is unset then. */
  public static WantedField optional(String name) {
    return new WantedField(name, List.of(), true);
  }

  /** Required fields of these names. */
  static List<WantedField> allRequired(Collection<String> names) {
    return names.stream().map(WantedField::required).toList();
  }

  /** A copy that is also found by these names, tried in this order where the name is missing. */
  public WantedField orNamed(List<String> others) {
    var all = new ArrayList<>(otherNames);
    all.addAll(others);
    return new WantedField(name, all, isOptional);
  }

  /**
   * Checks that no name occurs twice.
   *
   * @return an immutable copy
   * @throws IllegalArgumentException if one does
   */
  static List<WantedField> distinct(List<WantedField> fields) {
    var seen = new HashSet<String>();
    for (var field : fields) {
      for (var each : field.names()) {
        if (!seen.add(each)) {
          throw new IllegalArgumentException("The field " + each + " is named twice: " + fields);
        }
      }
    }
    return List.copyOf(fields);
  }

  /** The name that is tried first, and that messages use. */
  public String name() {
    return name;
  }

  /** The other names that it may have, in the order in which they are tried. */
  public List<String> otherNames() {
    return otherNames;
  }

  /** All names, in the order in which they are tried. */
  List<String> names() {
    if (otherNames.isEmpty()) {
      return List.of(name);
    }
    var names = new ArrayList<String>();
    names.add(name);
    names.addAll(otherNames);
    return names;
  }

  /** Whether a log may lack it without a warning. */
  public boolean isOptional() {
    return isOptional;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WantedField that
        && name.equals(that.name)
        && otherNames.equals(that.otherNames)
        && isOptional == that.isOptional;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, otherNames, isOptional);
  }

  /** Its names, such as {@code uid or conn_uids}. */
  @Override
  public String toString() {
    return String.join(" or ", names());
  }
}
