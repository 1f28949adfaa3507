package io.longline.plugins.beacons;

import io.longline.api.Setting;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Settings of a test: some values, and the declared defaults for the rest. */
final class GivenSettings {

  private final Map<String, Object> values = new HashMap<>();

  /** Sets the component with this name. */
  GivenSettings with(String component, Object value) {
    values.put(component, value);
    return this;
  }

  BeaconsSettings get() throws ReflectiveOperationException {
    var components = BeaconsSettings.class.getRecordComponents();
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    var arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      var given = values.remove(components[i].getName());
      arguments[i] = given != null ? given : byDefault(components[i]);
    }
    if (!values.isEmpty()) {
      throw new IllegalArgumentException("There are no settings " + values.keySet());
    }
    return BeaconsSettings.class.getDeclaredConstructor(types).newInstance(arguments);
  }

  private static Object byDefault(RecordComponent component) throws ReflectiveOperationException {
    var text = component.getAnnotation(Setting.class).defaultValue();
    var type = component.getType();
    if (type == Optional.class) {
      return Optional.empty();
    }
    if (type == List.class) {
      return text.isEmpty() ? List.of() : List.of(text.split(","));
    }
    if (type == Duration.class) {
      return Duration.parse(text.endsWith("d") ? "P" + text.toUpperCase(Locale.ROOT) : "PT" + text);
    }
    if (type == boolean.class) {
      return Boolean.valueOf(text);
    }
    if (type == int.class) {
      return Integer.valueOf(text);
    }
    if (type == double.class) {
      return Double.valueOf(text);
    }
    var name = text.toUpperCase(Locale.ROOT).replace('-', '_');
    return type.getMethod("valueOf", String.class).invoke(null, name);
  }
}
