package io.longline.host.settings;

import io.longline.host.settings.WrittenValue.Form;
import io.longline.host.settings.WrittenValue.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of what people have written, and collects what is wrong with it, so that all of it
 * is told together. Confined to one thread.
 */
public final class SettingReader {

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Shorter ones would be found in every other word. */
  private static final int MIN_SECRET = 4;

  private final SettingSources sources;
  private final Set<String> problems = new LinkedHashSet<>();
  private final List<String> notes = new ArrayList<>();
  private boolean goesWithoutSecrets;

  /** Reads from these. */
  public SettingReader(SettingSources sources) {
    this.sources = sources;
  }

  /** Where the settings come from. */
  public SettingSources sources() {
    return sources;
  }

  /** The value of a setting; null if it has none, or one that is wrong. */
  public <T> @Nullable T find(SettingSpec<T> setting) {
    return value(setting, sources.find(setting));
  }

  /** The value of a setting, or this if it has none, or one that is wrong. */
  public <T> T get(SettingSpec<T> setting, T otherwise) {
    var found = find(setting);
    return found == null ? otherwise : found;
  }

  /** The value that was written for a setting, or its default. */
  public <T> @Nullable T value(SettingSpec<T> setting, @Nullable WrittenValue written) {
    var text = setting.defaultText();
    if (written == null) {
      return text == null ? null : parse(setting, byDefault(text));
    }
    return parse(setting, written);
  }

  private static WrittenValue byDefault(String text) {
    return new WrittenValue(Form.ANY, List.of(text), Source.DEFAULT, "the default", Path.of(""));
  }

  private <T> @Nullable T parse(SettingSpec<T> setting, WrittenValue written) {
    try {
      return setting.type().parse(setting.type().isSecret() ? lookedUp(written) : written);
    } catch (BadValueException e) {
      problems.add(
          written.where()
              + (setting.type().isSecret()
                  ? " is a secret; "
                  : " is \"" + shown(written.text()) + "\"; ")
              + e.getMessage()
              + (String.valueOf(e.getMessage()).endsWith("?") ? "" : "."));
      return null;
    }
  }

  /** The secret itself, in place of where it is. */
  private WrittenValue lookedUp(WrittenValue written) throws BadValueException {
    if (written.source() == Source.FLAG) {
      throw new BadValueException(
          "on the command line everybody on this machine can see it; write { env = \"NAME\" } or { file = \"PATH\" } into the settings file");
    }
    if (written.form() != Form.TABLE) {
      return written;
    }
    var variable = written.table().get("env");
    var file = written.table().get("file");
    if (variable == null && file == null) {
      throw new BadValueException(
          "write where it is, with one of the two: { env = \"NAME\" } or { file = \"PATH\" }");
    }
    String text;
    if (variable != null) {
      text = sources.environment().getOrDefault(variable, "");
      if (text.isEmpty()) {
        // Somebody may have written the secret itself there.
        var name = VARIABLE.matcher(variable).matches() ? " " + variable : " that it names";
        if (!goesWithoutSecrets) {
          throw new BadValueException("the environment variable" + name + " is not set");
        }
        notes.add(written.where() + ": the environment variable" + name + " is not set here.");
        text = "not known here";
      }
    } else {
      try {
        text = Files.readString(written.folder().resolve(file)).stripTrailing();
      } catch (IOException e) {
        throw new BadValueException(
            "the file "
                + file
                + (e instanceof NoSuchFileException
                    ? " is not there"
                    : " cannot be read: " + e.getMessage()));
      }
    }
    if (text.length() < MIN_SECRET) {
      throw new BadValueException(
          "what is there has less than "
              + MIN_SECRET
              + " characters, and could not be kept out of messages");
    }
    return new WrittenValue(
        Form.ANY, List.of(text), written.source(), written.where(), written.folder());
  }

  /** A text without the password of a URL. */
  public static String shown(String text) {
    return text.replaceAll("(?i)(password=)[^&]*", "$1(secret)")
        .replaceAll("(//)[^@\\s]*@", "$1(secret)@");
  }

  /** Has secrets taken for given that are not to be had here: it is noted, and no problem. */
  public void goWithoutSecrets() {
    goesWithoutSecrets = true;
  }

  /** What a person may want to know. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** Adds a problem that was found otherwise. */
  public void problem(String sentence) {
    problems.add(sentence);
  }

  /** What is wrong. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * Makes sure that nothing is wrong.
   *
   * @throws SettingsException if something is
   */
  public void check() throws SettingsException {
    if (!problems.isEmpty()) {
      throw new SettingsException(problems());
    }
  }
}
