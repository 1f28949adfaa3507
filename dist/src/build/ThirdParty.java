import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes the licences of the libraries that are inside of the jars, as the bills of materials name
 * them: a list, then the text of each licence once.
 *
 * <p>Usage: ThirdParty LEGAL_FOLDER SBOM_FOLDER FILE. The legal folder has the file
 * copyrights.properties, by group and artifact the licence (the name of a text there) and the
 * copyright lines. It fails if a library has none there.
 */
final class ThirdParty {

  private record Library(String coordinates, String version, TreeSet<String> users) {}

  private ThirdParty() {}

  public static void main(String[] args) throws IOException {
    var legal = Path.of(args[0]);
    var libraries = new TreeMap<String, Library>();
    try (var files = Files.newDirectoryStream(Path.of(args[1]), "*.cdx.json")) {
      for (var file : files) {
        read(file, libraries);
      }
    }
    var copyrights = new Properties();
    try (var reader = Files.newBufferedReader(legal.resolve("copyrights.properties"))) {
      copyrights.load(reader);
    }
    var text = new StringBuilder("Longline includes these libraries.\n");
    var licences = new TreeSet<String>();
    for (var library : libraries.values()) {
      var written = copyrights.getProperty(library.coordinates());
      if (written == null) {
        throw new IOException(
            "dist/src/legal/copyrights.properties has no line for " + library.coordinates() + ".");
      }
      var parts = List.of(written.split(" *\\| *", -1));
      licences.add(parts.get(0));
      text.append("\n%s %s\n".formatted(library.coordinates(), library.version()))
          .append("  in ").append(String.join(", ", library.users())).append('\n')
          .append("  licence: ").append(parts.get(0)).append('\n');
      parts.stream().skip(1).forEach(line -> text.append("  ").append(line).append('\n'));
    }
    for (var licence : licences) {
      var name = licence.replaceAll(" .*", "");
      var file = name.equals("Apache-2.0") ? legal.resolve("../../../LICENSE") : legal.resolve(name + ".txt");
      text.append("\n\n==== %s ====\n\n".formatted(name)).append(Files.readString(file));
    }
    Files.writeString(Path.of(args[2]), text, StandardCharsets.UTF_8);
  }

  /** Adds the components of a bill of materials. */
  private static void read(Path file, Map<String, Library> libraries) throws IOException {
    var user = file.getFileName().toString().replace(".cdx.json", ".jar");
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isList = json.currentName().equals("components");
        json.nextToken();
        if (isList) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            component(json, user, libraries);
          }
        } else {
          json.skipChildren();
        }
      }
    }
  }

  private static void component(JsonParser json, String user, Map<String, Library> libraries)
      throws IOException {
    var values = new TreeMap<String, String>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var name = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_STRING) {
        values.put(name, json.getText());
      }
      json.skipChildren();
    }
    var coordinates = values.get("group") + ":" + values.get("name");
    if (!coordinates.startsWith("io.longline:")) {
      libraries
          .computeIfAbsent(
              coordinates + ":" + values.get("version"),
              key -> new Library(coordinates, values.get("version"), new TreeSet<>()))
          .users()
          .add(user);
    }
  }
}
