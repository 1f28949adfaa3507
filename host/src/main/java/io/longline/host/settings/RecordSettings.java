package io.longline.host.settings;

import io.longline.api.NoSettings;
import io.longline.api.Secret;
import io.longline.api.Setting;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
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
   * Settings that are declared, and made, in another process: here only their names count.
   *
   * @param keys relative to the plugin's section
   */
  public static RecordSettings elsewhere(List<String> keys) {
    var settings = new ArrayList<SettingSpec<?>>();
    keys.forEach(key -> settings.add(SettingSpec.setting(key, SettingType.text())));
    return new RecordSettings(NoSettings.class, settings);
  }

  /**
   * Looks at a declaration.
   *
   * @throws IllegalArgumentException if it cannot be used; the message says which component and why
   */
  public static RecordSettings of(@Nullable Class<? extends Record> type) {
    if (type == null) {
      throw new IllegalArgumentException("settings() returns null.");
    }
    var settings = new ArrayList<SettingSpec<?>>();
    for (var component : type.getRecordComponents()) {
      settings.add(spec(component));
    }
    return new RecordSettings(type, settings);
  }

  private static SettingSpec<?> spec(RecordComponent component) {
    var declared = component.getAnnotation(Setting.class);
    boolean isOptional = component.getType() == Optional.class;
    var valueType =
        isOptional
            ? ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
            : component.getGenericType();
    try {
      var type = type(valueType, declared);
      var defaultText = declared == null ? null : text(declared.defaultValue());
      SettingSpec<?> spec =
          SettingSpec.setting(key(component.getName()), type)
              .says(declared == null ? "" : declared.description());
      if (defaultText != null) {
        spec = spec.byDefault(defaultText);
      } else if (!isOptional) {
        spec = spec.required();
      }
      var reader = new SettingReader(SettingSources.none());
      reader.find(spec);
      if (!reader.problems().isEmpty()) {
        throw new IllegalArgumentException("its default does not fit; " + type.expected());
      }
      return spec;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The component " + component.getName() + " is wrong: " + e.getMessage() + ".", e);
    }
  }

  private static @Nullable String text(String text) {
    return text.equals(Setting.NONE) ? null : text;
  }

  /** {@code packDays} is {@code pack-days} for the user. */
  private static String key(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static SettingType<?> type(Type type, @Nullable Setting declared) {
    var min = declared == null ? null : text(declared.min());
    var max = declared == null ? null : text(declared.max());
    var pattern = declared == null ? null : text(declared.pattern());
    if (type == String.class) {
      return texts(pattern);
    } else if (type == int.class || type == Integer.class) {
      return SettingType.number(
          limit(min, Integer::valueOf, Integer.MIN_VALUE),
          limit(max, Integer::valueOf, Integer.MAX_VALUE));
    } else if (type == long.class || type == Long.class) {
      return SettingType.whole(
          limit(min, Long::valueOf, Long.MIN_VALUE), limit(max, Long::valueOf, Long.MAX_VALUE));
    } else if (type == double.class || type == Double.class) {
      return SettingType.decimal(
          limit(min, Double::valueOf, Double.NEGATIVE_INFINITY),
          limit(max, Double::valueOf, Double.POSITIVE_INFINITY));
    } else if (type == boolean.class || type == Boolean.class) {
      return SettingType.flag();
    } else if (type == Duration.class) {
      return SettingType.duration(
          limit(min, SettingType::duration, Duration.ZERO),
          max == null ? null : SettingType.duration(max));
    } else if (type == Path.class) {
      return SettingType.path();
    } else if (type == Secret.class) {
      return SettingType.secret();
    } else if (type instanceof Class<?> enumType && enumType.isEnum()) {
      return SettingType.choice(
          Arrays.asList((Enum<?>[]) enumType.getEnumConstants()), SettingType::word);
    } else if (type instanceof ParameterizedType list
        && list.getRawType() == List.class
        && list.getActualTypeArguments()[0] == String.class) {
      return SettingType.list(texts(pattern));
    }
    throw new IllegalArgumentException(
        "its type " + type.getTypeName() + " is none that settings have");
  }

  private static SettingType<String> texts(@Nullable String pattern) {
    return pattern == null ? SettingType.text() : SettingType.text(Pattern.compile(pattern));
  }

  private static <T> T limit(@Nullable String text, Function<String, T> parser, T otherwise) {
    return text == null ? otherwise : parser.apply(text);
  }

  /** What is declared; the keys are relative to the plugin's section. */
  public List<SettingSpec<?>> settings() {
    return settings;
  }

  /**
   * Makes the record.
   *
   * @param section the section that the keys are in
   * @param reader gives the values, and is told what is wrong
   * @param secrets takes the texts of the secrets among the values
   * @return null if something is wrong
   */
  public @Nullable Record bind(String section, SettingReader reader, List<String> secrets) {
    int before = reader.problems().size();
    var components = type.getRecordComponents();
    var values = new @Nullable Object[components.length];
    var types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      var spec = settings.get(i).in(section);
      int problems = reader.problems().size();
      var value = reader.find(spec);
      boolean isOptional = components[i].getType() == Optional.class;
      values[i] = isOptional ? Optional.ofNullable(value) : value;
      types[i] = components[i].getType();
      if (value == null && spec.isRequired() && reader.problems().size() == problems) {
        reader.problem(
            "The setting %s is missing; write it in [%s]: %s."
                .formatted(settings.get(i).key(), section, spec.type().expected()));
      }
    }
    secrets.addAll(secrets(values));
    if (reader.problems().size() > before) {
      return null;
    }
    try {
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
          "The settings in [%s] cannot be made: %s."
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
