package io.longline.host.doctor;

/**
 * What a check has found. Immutable.
 *
 * @param check the name of the check
 * @param level how bad it is
 * @param result what was found, without a full stop
 * @param remedy what to do, as a sentence; empty if nothing is to be done
 */
public record Diagnosis(String check, Level level, String result, String remedy) {

  /** How bad something is, from good to bad. */
  public enum Level {
    /** As it should be. */
    OK,
    /** It works, and a person should look at it. */
    WARNING,
    /** Something will not work. */
    FAULT
  }

  static Diagnosis ok(String check, String result) {
    return new Diagnosis(check, Level.OK, result, "");
  }

  static Diagnosis warning(String check, String result, String remedy) {
    return new Diagnosis(check, Level.WARNING, result, remedy);
  }

  static Diagnosis fault(String check, String result, String remedy) {
    return new Diagnosis(check, Level.FAULT, result, remedy);
  }
}
