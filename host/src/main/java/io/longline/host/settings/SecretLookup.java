package io.longline.host.settings;

import io.longline.host.settings.WrittenValue.Form;
import io.longline.host.settings.WrittenValue.Source;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds secrets where people have written that they are: in an environment variable or a file.
 * Confined to one thread.
 */
final class SecretLookup {

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Shorter ones would be found in every other word. */
  private static final int MIN_LENGTH = 4;

  private static final int MAX_BYTES = 64 << 10;

  private static final String PLACES = "{ env = \"NAME\" } or { file = \"PATH\" }";

  private final Map<String, String> environment;
  private final List<String> notes = new ArrayList<>();
  private boolean goesWithoutSecrets;

  SecretLookup(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Makes a variable that is not set a note from now on, and not an error. */
  void goWithoutSecrets() {
    goesWithoutSecrets = true;
  }

  /** Sentences about variables that are not set. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * The secret itself.
   *
   * @param written where it is, as a table of a settings file; other forms are the secret
   * @throws BadValueException if it is not there, or must not be where it is
   */
  WrittenValue secret(WrittenValue written) throws BadValueException {
    if (written.source() == Source.FLAG) {
      throw new BadValueException(
          "on the command line everybody on this machine can see it; write "
              + PLACES
              + " into the settings file");
    }
    if (written.form() != Form.TABLE) {
      return written;
    }
    var text = text(written);
    if (text.length() < MIN_LENGTH) {
      throw new BadValueException(
          "it has fewer than " + MIN_LENGTH + " characters, and could not be kept out of messages");
    }
    return written.withText(text);
  }

  private String text(WrittenValue written) throws BadValueException {
    var variable = written.table().get("env");
    if (variable != null) {
      return ofVariable(variable, written);
    }
    var file = written.table().get("file");
    if (file != null) {
      return ofFile(file, written);
    }
    throw new BadValueException("write where it is, with one of the two: " + PLACES);
  }

  private String ofVariable(String variable, WrittenValue written) throws BadValueException {
    var text = environment.getOrDefault(variable, "");
    if (!text.isEmpty()) {
      return text;
    }
    // Somebody may have written the secret itself there.
    var name = VARIABLE.matcher(variable).matches() ? " " + variable : " that it names";
    if (!goesWithoutSecrets) {
      throw new BadValueException("the environment variable" + name + " is not set");
    }
    notes.add(written.where() + ": the environment variable" + name + " is not set here.");
    return "not known here";
  }

  private static String ofFile(String file, WrittenValue written) throws BadValueException {
    try {
      return SmallFile.text(written.folder().resolve(file), MAX_BYTES).stripTrailing();
    } catch (NoSuchFileException e) {
      throw new BadValueException("the file " + file + " does not exist");
    } catch (CharacterCodingException e) {
      throw new BadValueException("the file " + file + " is not in UTF-8");
    } catch (IOException e) {
      throw new BadValueException("the file " + file + " cannot be read: " + e.getMessage());
    }
  }
}
