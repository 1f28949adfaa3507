package io.longline.host.index;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.longline.host.plugins.JarDescription;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an index token by token, within limits. Keys that it does not know are passed over. To be
 * used once, by one thread.
 */
final class IndexParser {

  /** The most plugins, releases of one, mirrors, and sites. */
  private static final int MAX_ELEMENTS = 10_000;

  private static final int MAX_TEXT = 4_000;
  private static final int MAX_DEPTH = 20;

  /** The largest jar that a host reads. */
  private static final long MAX_JAR = 1L << 30;

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** No part begins with a dot, so that none leads upwards. */
  private static final Pattern URL =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*(/[A-Za-z0-9_][A-Za-z0-9._+-]*)*");

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_TEXT)
                  .maxNumberLength(20)
                  .build())
          .build();

  private final JsonParser json;

  /** Whether a path can be that of a jar. */
  static boolean isUrl(String path) {
    return URL.matcher(path).matches() && path.endsWith(".jar");
  }

  private IndexParser(JsonParser json) {
    this.json = json;
  }

  /**
   * Reads an index.
   *
   * @throws IndexException if it is not one; the message is to be put after a colon
   */
  static PluginIndex parse(byte[] bytes) throws IndexException {
    try (var json = FACTORY.createParser(bytes)) {
      var parser = new IndexParser(json);
      json.nextToken();
      var index = parser.index();
      if (json.nextToken() != null) {
        throw new IndexException("there is something behind its end");
      }
      return index;
    } catch (IndexException e) {
      throw e;
    } catch (IOException e) {
      throw new IndexException(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
  }

  /** Reads the value of a member. */
  private interface Member {
    void read(String name) throws IOException;
  }

  /** Reads an element of a list. */
  private interface Element<T> {
    T read() throws IOException;
  }

  private void object(Member member) throws IOException {
    expect(JsonToken.START_OBJECT, "an object");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      var name = json.currentName();
      json.nextToken();
      member.read(name);
    }
  }

  private <T> List<T> list(Element<T> element) throws IOException {
    expect(JsonToken.START_ARRAY, "a list");
    var elements = new ArrayList<T>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (elements.size() == MAX_ELEMENTS) {
        throw wrong("a list has more than %d elements".formatted(MAX_ELEMENTS));
      }
      elements.add(element.read());
    }
    return elements;
  }

  private void expect(JsonToken token, String what) throws IOException {
    if (json.currentToken() != token) {
      throw wrong("there is not " + what);
    }
  }

  private IndexException wrong(String what) {
    return new IndexException(
        "line %d: %s".formatted(json.currentTokenLocation().getLineNr(), what));
  }

  private String text() throws IOException {
    expect(JsonToken.VALUE_STRING, "a string");
    return json.getText();
  }

  private PluginIndex index() throws IOException {
    var times = new HashMap<String, Instant>();
    var mirrors = new ArrayList<String>();
    var plugins = new ArrayList<IndexedPlugin>();
    object(
        name -> {
          switch (name) {
            case "timestamp", "expires" -> times.put(name, time());
            case "mirrors" -> mirrors.addAll(list(this::text));
            case "plugins" -> plugins.addAll(list(this::plugin));
            default -> json.skipChildren();
          }
        });
    var timestamp = times.get("timestamp");
    if (timestamp == null) {
      throw new IndexException("it has no timestamp");
    }
    checkOnce(plugins);
    return new PluginIndex(timestamp, times.get("expires"), mirrors, plugins);
  }

  private static void checkOnce(List<IndexedPlugin> plugins) throws IndexException {
    var ids = new HashSet<String>();
    for (var each : plugins) {
      if (!ids.add(each.id().toLowerCase(Locale.ROOT))) {
        throw new IndexException("the plugin " + each.id() + " is there twice");
      }
    }
  }

  private Instant time() throws IOException {
    try {
      return Instant.parse(text());
    } catch (DateTimeParseException e) {
      throw wrong("there is not a time such as 2026-11-27T13:01:57Z");
    }
  }

  private IndexedPlugin plugin() throws IOException {
    var texts = new HashMap<String, String>();
    var sites = new ArrayList<String>();
    var releases = new ArrayList<IndexedRelease>();
    object(
        name -> {
          switch (name) {
            case "id", "description", "licence" -> texts.put(name, text());
            case "sites" -> sites.addAll(list(this::text));
            case "releases" -> releases.addAll(list(this::release));
            default -> json.skipChildren();
          }
        });
    var id = texts.getOrDefault("id", "");
    if (!JarDescription.isId(id)) {
      throw wrong("a plugin has no id, or one that cannot be used");
    }
    return new IndexedPlugin(
        id,
        texts.getOrDefault("description", ""),
        texts.getOrDefault("licence", ""),
        sites,
        releases);
  }

  private IndexedRelease release() throws IOException {
    var texts = new HashMap<String, String>();
    var sizes = new ArrayList<Long>();
    object(
        name -> {
          switch (name) {
            case "version", "date", "url", "sha256", "requires" -> texts.put(name, text());
            case "size" -> {
              expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
              sizes.add(json.getLongValue());
            }
            default -> json.skipChildren();
          }
        });
    return checked(texts, sizes.isEmpty() ? null : sizes.get(0));
  }

  private IndexedRelease checked(Map<String, String> texts, @Nullable Long size)
      throws IndexException {
    var version = texts.getOrDefault("version", "");
    var url = texts.getOrDefault("url", "");
    var hash = texts.getOrDefault("sha256", "").toLowerCase(Locale.ROOT);
    if (!JarDescription.isVersion(version)) {
      throw wrong("a release has no version, or one that cannot be used");
    }
    if (!isUrl(url)) {
      throw wrong("the url of a release is not a path to a jar below the folder of the index");
    }
    if (!HASH.matcher(hash).matches()) {
      throw wrong("the sha256 of a release is not 64 hexadecimal digits");
    }
    if (size == null || size < 1 || size > MAX_JAR) {
      throw wrong("the size of a release is not a number from 1 to " + MAX_JAR);
    }
    return new IndexedRelease(
        version,
        texts.getOrDefault("date", ""),
        url,
        hash,
        size,
        texts.getOrDefault("requires", ""));
  }
}
