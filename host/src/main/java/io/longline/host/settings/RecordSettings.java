package io.longline.host.settings;

import io.longline.api.NoSettings;
import io.longline.api.Secret;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Settings that a plugin declares as the components of a record. Immutable; it holds the plugin's
 * class.
 */
public final class RecordSettings {

  private final Class<? extends Record> type;
  private final List<SettingSpec<?>> settings;

  private RecordSettings(Class<? extends Record> type, List<SettingSpec<?>> settings) {
    this.type = type;
    this.settings = List.copyOf(settings);
  }

  /** No settings. */
  public static RecordSettings none() {
    return of(NoSettings.class);
  }

  /**
   * Settings that another process declares and reads: here only their names count.
   *
   * @param keys relative to the plugin's section
   */
  public static RecordSettings elsewhere(List<String> keys) {
    var settings = new ArrayList<SettingSpec<?>>();
    keys.forEach(key -> settings.add(SettingSpec.setting(key, SettingType.text())));
    return new RecordSettings(NoSettings.class, settings);
  }

  /**
   * The settings that a record declares.
   *
   * @throws IllegalArgumentException if a component cannot be a setting; the message says why
   */
  public static RecordSettings of(@Nullable Class<? extends Record> type) {
    if (type == null) {
      throw new IllegalArgumentException("settings() returns null.");
    }
    var settings = new ArrayList<SettingSpec<?>>();
    for (var component : type.getRecordComponents()) {
      settings.add(ComponentSetting.of(component));
    }
    return new RecordSettings(type, settings);
  }

  /** The declarations; the keys are relative to the plugin's section. */
  public List<SettingSpec<?>> settings() {
    return settings;
  }

  /**
   * Creates the record.
   *
   * @param section the section that the keys are in
   * @param reader gives the values; what is wrong is reported to it
   * @param secrets receives the texts of the secrets among the values
   * @return null if something is wrong
   */
  public @Nullable Record bind(String section, SettingReader reader, List<String> secrets) {
    int before = reader.problems().size();
    var values = values(section, reader);
    secrets.addAll(secrets(values));
    return reader.problems().size() > before ? null : created(values, section, reader);
  }

  private @Nullable Object[] values(String section, SettingReader reader) {
    var components = type.getRecordComponents();
    var values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      var spec = settings.get(i).in(section);
      int before = reader.problems().size();
      var value = reader.find(spec);
      if (value == null && spec.isRequired() && reader.problems().size() == before) {
        reader.problem(
            "The setting %s is missing; write it in [%s]: %s."
                .formatted(settings.get(i).key(), section, spec.type().expected()));
      }
      values[i] = ComponentSetting.isOptional(components[i]) ? Optional.ofNullable(value) : value;
    }
    return values;
  }

  private @Nullable Record created(
      @Nullable Object[] values, String section, SettingReader reader) {
    try {
      var types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      reader.problem(
          "The settings in [%s] are refused by the plugin: %s."
              .formatted(section, masked(message(e.getCause()), values)));
      return null;
    } catch (ReflectiveOperationException | RuntimeException e) {
      reader.problem(
          "The record for the settings in [%s] cannot be created: %s."
              .formatted(section, masked(e.toString(), values)));
      return null;
    }
  }

  private static String masked(String text, @Nullable Object[] values) {
    return new SecretMask(secrets(values)).masked(text);
  }

  private static List<String> secrets(@Nullable Object[] values) {
    var secrets = new ArrayList<String>();
    for (var value : values) {
      var inner = value instanceof Optional<?> optional ? optional.orElse(null) : value;
      if (inner instanceof Secret secret) {
        secrets.add(secret.reveal());
      }
    }
    return secrets;
  }

  private static String message(@Nullable Throwable thrown) {
    var text =
        thrown instanceof IllegalArgumentException && thrown.getMessage() != null
            ? thrown.getMessage()
            : String.valueOf(thrown);
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
