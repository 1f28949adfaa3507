package io.longline.host.settings;

import io.longline.api.Secret;
import io.longline.api.Setting;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes settings of the components of a plugin's record. */
final class ComponentSetting {

  /** What {@link Setting} says of a component; null for what it does not say. */
  private record Limits(@Nullable String min, @Nullable String max, @Nullable String pattern) {

    static Limits of(@Nullable Setting declared) {
      return declared == null
          ? new Limits(null, null, null)
          : new Limits(text(declared.min()), text(declared.max()), text(declared.pattern()));
    }
  }

  private ComponentSetting() {}

  /**
   * The setting that a component declares; its key is relative to the plugin's section.
   *
   * @throws IllegalArgumentException if it cannot be a setting; the message says why
   */
  static SettingSpec<?> of(RecordComponent component) {
    try {
      var spec = declared(component);
      var reader = new SettingReader(SettingSources.none());
      reader.find(spec);
      if (!reader.problems().isEmpty()) {
        throw new IllegalArgumentException("its default does not fit; " + spec.type().expected());
      }
      return spec;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The component " + component.getName() + " is wrong: " + e.getMessage() + ".", e);
    }
  }

  static boolean isOptional(RecordComponent component) {
    return component.getType() == Optional.class;
  }

  private static SettingSpec<?> declared(RecordComponent component) {
    var declared = component.getAnnotation(Setting.class);
    var spec =
        SettingSpec.setting(
            key(component.getName()), type(valueType(component), Limits.of(declared)));
    if (declared == null) {
      return isOptional(component) ? spec : spec.required();
    }
    var described = spec.says(declared.description());
    var defaultText = text(declared.defaultValue());
    if (defaultText != null) {
      return described.byDefault(defaultText);
    }
    return isOptional(component) ? described : described.required();
  }

  private static Type valueType(RecordComponent component) {
    return isOptional(component)
        ? ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
        : component.getGenericType();
  }

  private static @Nullable String text(String text) {
    return text.equals(Setting.NONE) ? null : text;
  }

  /** {@code packDays} is {@code pack-days} for the user. */
  private static String key(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static SettingType<?> type(Type type, Limits limits) {
    var min = limits.min();
    var max = limits.max();
    if (type == String.class) {
      return string(limits);
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
    } else if (type == Duration.class) {
      return SettingType.duration(
          limit(min, SettingType::duration, Duration.ZERO),
          max == null ? null : SettingType.duration(max));
    }
    return withoutLimits(type, limits);
  }

  private static SettingType<?> withoutLimits(Type type, Limits limits) {
    if (type == boolean.class || type == Boolean.class) {
      return SettingType.flag();
    } else if (type == Path.class) {
      return SettingType.path();
    } else if (type == Secret.class) {
      return SettingType.secret();
    } else if (type instanceof Class<?> enumType && enumType.isEnum()) {
      return SettingType.choice(
          Arrays.asList((Enum<?>[]) enumType.getEnumConstants()), SettingType::word);
    } else if (isListOf(String.class, type)) {
      return SettingType.list(string(limits));
    } else if (isListOf(Path.class, type)) {
      return SettingType.list(SettingType.path());
    }
    throw new IllegalArgumentException("a setting cannot have its type " + type.getTypeName());
  }

  private static boolean isListOf(Class<?> element, Type type) {
    return type instanceof ParameterizedType list
        && list.getRawType() == List.class
        && list.getActualTypeArguments()[0] == element;
  }

  private static SettingType<String> string(Limits limits) {
    var pattern = limits.pattern();
    return pattern == null ? SettingType.text() : SettingType.text(Pattern.compile(pattern));
  }

  private static <T> T limit(@Nullable String text, Function<String, T> parser, T otherwise) {
    return text == null ? otherwise : parser.apply(text);
  }
}
