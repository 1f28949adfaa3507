package io.longline.host.settings;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of what people have written, and collects all problems, so that they are reported
 * together. Confined to one thread.
 */
public final class SettingReader {

  private final SettingSources sources;
  private final SecretLookup secrets;
  private final Set<String> problems = new LinkedHashSet<>();

  /** A reader of these sources. */
  public SettingReader(SettingSources sources) {
    this.sources = sources;
    this.secrets = new SecretLookup(sources.environment());
  }

  /** Where the settings come from. */
  public SettingSources sources() {
    return sources;
  }

  /** The value of a setting, or its default; null if it has neither, or a wrong one. */
  public <T> @Nullable T find(SettingSpec<T> setting) {
    return value(setting, sources.find(setting));
  }

  /** The value of a setting, or its default; this value if it has neither, or a wrong one. */
  public <T> T get(SettingSpec<T> setting, T otherwise) {
    var found = find(setting);
    return found == null ? otherwise : found;
  }

  /**
   * The value that was written for a setting, or its default; null if it has neither, or a wrong
   * one.
   */
  public <T> @Nullable T value(SettingSpec<T> setting, @Nullable WrittenValue written) {
    if (written != null) {
      return parse(setting, written);
    }
    var text = setting.defaultText();
    return text == null ? null : parse(setting, WrittenValue.ofDefault(text));
  }

  private <T> @Nullable T parse(SettingSpec<T> setting, WrittenValue written) {
    boolean isSecret = setting.type().isSecret();
    try {
      return setting.type().parse(isSecret ? secrets.secret(written) : written);
    } catch (BadValueException e) {
      var message = String.valueOf(e.getMessage());
      problems.add(
          written.where()
              + (isSecret ? " is a secret; " : " is \"" + written.shownText() + "\"; ")
              + message
              + (message.endsWith("?") ? "" : "."));
      return null;
    }
  }

  /** Makes a secret whose environment variable is not set a note from now on, and no problem. */
  public void goWithoutSecrets() {
    secrets.goWithoutSecrets();
  }

  /** Sentences about what is not a problem. */
  public List<String> notes() {
    return secrets.notes();
  }

  /** Adds a problem that somebody else has found. */
  public void problem(String sentence) {
    problems.add(sentence);
  }

  /** What is wrong: a sentence for each problem, in the order in which they were found. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * Makes sure that there is no problem.
   *
   * @throws SettingsException with all problems
   */
  public void check() throws SettingsException {
    if (!problems.isEmpty()) {
      throw new SettingsException(problems());
    }
  }
}
