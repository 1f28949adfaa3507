package io.longline.host.index;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.longline.host.files.ReplacedFile;
import io.longline.host.plugins.JarDescription;
import io.longline.host.plugins.Versions;
import io.longline.host.trust.FolderTrust;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the index of a folder of jars. Confined to one thread.
 *
 * <p>The index is written as a whole; its signature is made with minisign afterwards. An index that
 * cannot be signed in the same step is refused by those who ask for signatures until it is.
 */
public final class IndexedFolder {

  private final Map<String, List<Jar>> jars = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<String> problems = new ArrayList<>();

  private record Jar(Path file, JarDescription description) {}

  private IndexedFolder() {}

  /**
   * Reads the jars of a folder.
   *
   * @throws IOException if the folder cannot be read
   */
  public static IndexedFolder of(Path folder) throws IOException {
    var found = new ArrayList<Path>();
    try (var files = Files.newDirectoryStream(folder, "[!.]*.jar")) {
      files.forEach(found::add);
    }
    found.sort(null);
    return of(found);
  }

  /** Reads jars of one folder. */
  static IndexedFolder of(List<Path> files) {
    var indexed = new IndexedFolder();
    files.forEach(indexed::add);
    return indexed;
  }

  private void add(Path file) {
    if (!IndexParser.isUrl(file.getFileName().toString())) {
      problems.add(
          file + " is left out: rename it with letters, digits, '.', '_', '+' and '-' alone.");
      return;
    }
    try {
      var jar = new Jar(file, JarDescription.of(file));
      var releases = jars.computeIfAbsent(jar.description().id(), id -> new ArrayList<>());
      if (releases.stream().anyMatch(each -> isSameVersion(each, jar))) {
        problems.add(file + " is left out: another jar has the same plugin and version.");
      } else {
        releases.add(jar);
      }
    } catch (IOException e) {
      problems.add(file + " is left out: " + e.getMessage());
    }
  }

  private static boolean isSameVersion(Jar one, Jar other) {
    return one.description().version().equals(other.description().version());
  }

  /** A sentence for each jar that was left out. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** How many plugins there are. */
  public int plugins() {
    return jars.size();
  }

  /** How many jars there are. */
  public int releases() {
    return jars.values().stream().mapToInt(List::size).sum();
  }

  /**
   * Writes {@code index.json} into a folder.
   *
   * @param folder that of the jars
   * @param now when it is made
   * @param valid how long it may be used; null for ever
   * @param mirrors where the jars are too
   * @return the file
   * @throws IOException if a jar cannot be read, or the file cannot be written
   */
  public Path write(Path folder, Instant now, @Nullable Duration valid, List<String> mirrors)
      throws IOException {
    var file = folder.resolve(PluginIndex.FILE);
    ReplacedFile.write(file, text(now, valid, mirrors));
    return file;
  }

  /** The text of the index. */
  byte[] text(Instant now, @Nullable Duration valid, List<String> mirrors) throws IOException {
    var text = new ByteArrayOutputStream();
    try (var json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      var time = now.truncatedTo(ChronoUnit.SECONDS);
      json.writeStartObject();
      json.writeStringField("timestamp", time.toString());
      if (valid != null) {
        json.writeStringField("expires", time.plus(valid).toString());
      }
      json.writeArrayFieldStart("mirrors");
      for (var mirror : mirrors) {
        json.writeString(mirror);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("plugins");
      for (var releases : jars.values()) {
        writePlugin(json, releases);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    text.write('\n');
    // Whoever reads it will read it by the same rules.
    IndexParser.parse(text.toByteArray());
    return text.toByteArray();
  }

  private static void writePlugin(JsonGenerator json, List<Jar> releases) throws IOException {
    var newest =
        releases.stream()
            .map(Jar::description)
            .max((one, other) -> Versions.compare(one.version(), other.version()))
            .orElseThrow();
    json.writeStartObject();
    json.writeStringField("id", newest.id());
    json.writeStringField("description", newest.description());
    json.writeStringField("licence", newest.licence());
    json.writeArrayFieldStart("sites");
    for (var site : newest.sites()) {
      json.writeString(site);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("releases");
    for (var jar : releases) {
      json.writeStartObject();
      json.writeStringField("version", jar.description().version());
      json.writeStringField("date", date(jar.file()));
      json.writeStringField("url", jar.file().getFileName().toString());
      json.writeStringField("sha256", FolderTrust.sha256(jar.file()));
      json.writeNumberField("size", Files.size(jar.file()));
      json.writeStringField("requires", jar.description().requires());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** The day of its time stamp. */
  private static String date(Path file) throws IOException {
    return LocalDate.ofInstant(Files.getLastModifiedTime(file).toInstant(), ZoneOffset.UTC)
        .toString();
  }
}
