package io.longline.host.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks JSON against a schema, as far as schemas of this project go. Immutable. */
public final class JsonSchema {

  /** What is understood; anything else in a schema is an error. */
  private static final Set<String> KEYWORDS =
      Set.of(
          "$schema",
          "title",
          "description",
          "$defs",
          "oneOf",
          "anyOf",
          "$ref",
          "type",
          "const",
          "enum",
          "pattern",
          "items",
          "properties",
          "required",
          "additionalProperties");

  private final JsonNode root;

  private JsonSchema(JsonNode root) {
    this.root = root;
  }

  /** The schema in a file. */
  public static JsonSchema in(Path file) throws IOException {
    return new JsonSchema(new ObjectMapper().readTree(file.toFile()));
  }

  /** The names of the alternatives at the top. */
  public List<String> alternatives() {
    var names = new ArrayList<String>();
    root.path("oneOf").forEach(each -> names.add(name(each)));
    return names;
  }

  private static String name(JsonNode reference) {
    return reference.path("$ref").asText().replace("#/$defs/", "");
  }

  /** The alternatives at the top that an object fits. */
  public List<String> fitting(JsonNode value) {
    return alternatives().stream()
        .filter(name -> problems(root.path("$defs").path(name), value, "").isEmpty())
        .toList();
  }

  /** What is wrong with an object of an alternative. */
  public List<String> problems(String alternative, JsonNode value) {
    return problems(root.path("$defs").path(alternative), value, "");
  }

  private List<String> problems(JsonNode schema, JsonNode value, String at) {
    var problems = new ArrayList<String>();
    for (var rule : schema.properties()) {
      if (!KEYWORDS.contains(rule.getKey())) {
        throw new IllegalArgumentException("The keyword " + rule.getKey() + " is not understood.");
      }
      if (!holds(rule.getKey(), rule.getValue(), value)) {
        problems.add(at + " is " + value + ", not " + rule.getKey() + " " + rule.getValue());
      }
    }
    if (schema.has("$ref")) {
      problems.addAll(problems(root.path("$defs").path(name(schema)), value, at));
    }
    if (schema.has("anyOf") && noneFits(schema.path("anyOf"), value, at)) {
      problems.add(at + " fits nothing of " + schema.path("anyOf"));
    }
    value.forEach(
        element -> {
          if (value.isArray() && schema.has("items")) {
            problems.addAll(problems(schema.path("items"), element, at + "[]"));
          }
        });
    for (var member : value.properties()) {
      problems.addAll(member(schema, member.getKey(), member.getValue(), at));
    }
    return problems;
  }

  private boolean noneFits(JsonNode alternatives, JsonNode value, String at) {
    for (var each : alternatives) {
      if (problems(each, value, at).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private List<String> member(JsonNode schema, String key, JsonNode value, String at) {
    var known = schema.path("properties").path(key);
    if (!known.isMissingNode()) {
      return problems(known, value, at + "." + key);
    }
    var others = schema.path("additionalProperties");
    if (others.isObject()) {
      return problems(others, value, at + "." + key);
    }
    return others.isBoolean() && !others.asBoolean()
        ? List.of(at + "." + key + " is not known")
        : List.of();
  }

  private static boolean holds(String keyword, JsonNode rule, JsonNode value) {
    return switch (keyword) {
      case "type" -> isOfType(rule, value);
      case "const" -> rule.equals(value);
      case "enum" -> contains(rule, value);
      case "pattern" -> !value.isTextual() || value.asText().matches(rule.asText());
      case "required" -> hasAll(rule, value);
      default -> true;
    };
  }

  private static boolean contains(JsonNode values, JsonNode value) {
    for (var each : values) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasAll(JsonNode keys, JsonNode value) {
    for (var key : keys) {
      if (!value.has(key.asText())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfType(JsonNode type, JsonNode value) {
    if (type.isArray()) {
      for (var each : type) {
        if (isOfType(each, value)) {
          return true;
        }
      }
      return false;
    }
    return switch (type.asText()) {
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      case "null" -> value.isNull();
      default -> false;
    };
  }
}
