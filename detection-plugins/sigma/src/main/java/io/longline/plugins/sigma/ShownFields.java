package io.longline.plugins.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that rows and findings show, whatever rules ask for. */
final class ShownFields {

  static final String TIME = "ts";
  static final String UID = "uid";
  static final List<String> ENDPOINTS = List.of("id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p");

  /** The field of each log that names what a record is about. */
  private static final Map<String, String> NAMES =
      Map.of(
          "http", "host",
          "dns", "query",
          "ssl", "server_name",
          "smb_files", "name",
          "x509", "certificate.subject",
          "files", "filename");

  private ShownFields() {}

  /** The fields of a log. */
  static List<String> of(String log) {
    var all = new ArrayList<String>();
    all.add(TIME);
    all.add(UID);
    all.addAll(ENDPOINTS);
    var name = NAMES.get(log);
    if (name != null) {
      all.add(name);
    }
    return all;
  }

  /** The field that names what a record of a log is about; null if there is none. */
  static @Nullable String nameIn(String log) {
    return NAMES.get(log);
  }
}
