package io.longline.host.settings;

/** The value of a setting that nobody has written. Immutable. */
public sealed interface SettingDefault {

  /**
   * A value.
   *
   * @param text the value as people would write it
   */
  record Text(String text) implements SettingDefault {}

  /**
   * A value that the program works out.
   *
   * @param words what it is, for people: "the number of processors"
   */
  record Words(String words) implements SettingDefault {}

  /** The setting has no value then. */
  record None() implements SettingDefault {}

  /** Somebody must write a value. */
  record Required() implements SettingDefault {}

  /** What people are shown; empty if there is nothing to show. */
  default String forPeople() {
    if (this instanceof Text value) {
      return value.text();
    }
    return this instanceof Words value ? value.words() : "";
  }
}
