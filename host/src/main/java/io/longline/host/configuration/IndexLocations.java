package io.longline.host.configuration;

import io.longline.host.settings.BadValueException;
import io.longline.host.settings.SettingType;
import io.longline.host.settings.WrittenValue;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The setting that names indexes of plugins: folders and addresses. */
final class IndexLocations {

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private static final SettingType<List<String>> TEXTS = SettingType.list(SettingType.text());

  /** A list; folders in it are absolute, or relative to the folder of the settings file. */
  static final SettingType<List<String>> TYPE =
      new SettingType<>(
          "a list of folders and https addresses, such as [\"https://plugins.example.org/\"]",
          TEXTS.forms(),
          false,
          IndexLocations::parse);

  private IndexLocations() {}

  private static List<String> parse(WrittenValue written) throws BadValueException {
    var locations = new ArrayList<String>();
    for (var text : TEXTS.parser().parse(written)) {
      locations.add(SCHEME.matcher(text).matches() ? address(text) : folder(text, written));
    }
    return List.copyOf(locations);
  }

  private static String folder(String text, WrittenValue written) throws BadValueException {
    try {
      return written.folder().resolve(text).toAbsolutePath().normalize().toString();
    } catch (InvalidPathException e) {
      throw new BadValueException("write a path or an https address: " + e.getReason());
    }
  }

  private static String address(String text) throws BadValueException {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new BadValueException("write a path or an https address");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new BadValueException(
          "write an address without a name, a password, ? or #; it is shown in messages");
    }
    if (!Set.of("https", "http", "file").contains(uri.getScheme())) {
      throw new BadValueException("write a path or an https address");
    }
    return text;
  }
}
