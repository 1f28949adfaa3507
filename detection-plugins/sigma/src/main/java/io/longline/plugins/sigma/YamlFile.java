package io.longline.plugins.sigma;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML files as maps, lists and scalars and nothing else, in bounds: what a hostile file says
 * costs no more than its size.
 */
final class YamlFile {

  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final int MAX_BYTES = 1024 * 1024;
  private static final int MAX_ALIASES = 20;
  private static final int MAX_DEPTH = 30;

  private YamlFile() {}

  /**
   * The documents of a file; those that are empty are left out.
   *
   * @throws RuleException if the file cannot be read, is not YAML, is out of bounds, or a document
   *     is not a map; says why, with the line
   */
  static List<Map<?, ?>> read(Path file) throws RuleException {
    var text = text(file);
    var settings =
        LoadSettings.builder()
            .setLabel(String.valueOf(file.getFileName()))
            .setSchema(new CoreSchema())
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setCodePointLimit(MAX_BYTES)
            .setAllowDuplicateKeys(false)
            .build();
    try {
      checkDepth(text, settings);
      var documents = new ArrayList<Map<?, ?>>();
      for (var document : new Load(settings).loadAllFromString(text)) {
        if (document instanceof Map<?, ?> map) {
          documents.add(map);
        } else if (document != null) {
          throw new RuleException("a document is not a map");
        }
      }
      return documents;
    } catch (YamlEngineException e) {
      throw new RuleException(
          "not YAML that can be used: "
              + String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " "));
    }
  }

  private static String text(Path file) throws RuleException {
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new RuleException("larger than 1 MiB");
      }
      var text = new String(bytes, UTF_8);
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (IOException e) {
      throw new RuleException("cannot be read: " + e);
    }
  }

  /**
   * A depth that the text does not exceed, which is quickly found: brackets that open something,
   * and what is before the first word of a line.
   */
  private static int mostDepth(String text) {
    int brackets = 0;
    int deepest = 0;
    int indent = 0;
    boolean isIndent = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      brackets += c == '[' || c == '{' ? 1 : 0;
      isIndent = c == '\n' || c == '\r' || (isIndent && (c == ' ' || c == '-' || c == '?'));
      indent = c == '\n' || c == '\r' ? 0 : isIndent ? indent + 1 : indent;
      deepest = Math.max(deepest, indent);
    }
    return brackets + deepest + 2;
  }

  /** The events are read without recursion; what is deep cannot be loaded that way. */
  private static void checkDepth(String text, LoadSettings settings) throws RuleException {
    if (mostDepth(text) <= MAX_DEPTH) {
      return;
    }
    int depth = 0;
    for (var event : new Parse(settings).parseString(text)) {
      var kind = event.getEventId();
      if (kind == Event.ID.MappingStart || kind == Event.ID.SequenceStart) {
        depth++;
      } else if (kind == Event.ID.MappingEnd || kind == Event.ID.SequenceEnd) {
        depth--;
      }
      if (depth > MAX_DEPTH) {
        throw new RuleException("nested deeper than " + MAX_DEPTH + " levels");
      }
    }
  }
}
