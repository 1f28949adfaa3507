package io.longline.plugins.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.longline.api.LogDirectory;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The JSON object for one extracted file, with BroAPT's keys in BroAPT's order. */
final class InfoLine {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int MICRO_DIGITS = 6;
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private InfoLine() {}

  static String of(
      LogDirectory logs,
      FileRow file,
      Connections connections,
      @Nullable Path dump,
      @Nullable String realMimeType)
      throws IOException {
    var text = new StringWriter();
    try (var json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeFieldName("timestamp");
      writeSeconds(json, file.tsMicros());
      var uuid = UUID.matcher(logs.name());
      json.writeStringField("log_uuid", uuid.find() ? uuid.group() : null);
      json.writeStringField("log_path", logs.path().toString());
      json.writeStringField("log_name", logs.name());
      json.writeStringField("dump_path", dump == null ? null : dump.toString());
      json.writeStringField("local_name", file.extracted());
      json.writeStringField("source_name", file.sourceName());
      writeHosts(json, file);
      writeConnections(json, file, connections);
      json.writeStringField("bro_mime_type", file.mimeType());
      json.writeStringField("real_mime_type", realMimeType);
      json.writeObjectFieldStart("hash");
      json.writeStringField("md5", file.md5());
      json.writeStringField("sha1", file.sha1());
      json.writeStringField("sha256", file.sha256());
      json.writeEndObject();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void writeSeconds(JsonGenerator json, @Nullable Long micros) throws IOException {
    if (micros == null) {
      json.writeNull();
      return;
    }
    var seconds = BigDecimal.valueOf(micros, MICRO_DIGITS).stripTrailingZeros();
    json.writeNumber(seconds.scale() < 1 ? seconds.setScale(1) : seconds);
  }

  /** Writes the first sender with the first receiver, and so on, as long as there are both. */
  private static void writeHosts(JsonGenerator json, FileRow file) throws IOException {
    json.writeArrayFieldStart("hosts");
    for (int i = 0; i < Math.min(file.senders().size(), file.receivers().size()); i++) {
      json.writeStartObject();
      json.writeStringField("tx", file.senders().get(i));
      json.writeStringField("rx", file.receivers().get(i));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * Writes connections from the sender to the receiver: the originator is the sender unless {@code
   * is_orig} is false.
   */
  private static void writeConnections(JsonGenerator json, FileRow file, Connections connections)
      throws IOException {
    json.writeArrayFieldStart("conns");
    for (var uid : file.connUids()) {
      var ends = connections.find(uid).orElse(null);
      if (ends == null) {
        continue;
      }
      boolean responderSent = Boolean.FALSE.equals(file.isOrig());
      json.writeStartObject();
      json.writeStringField("src_h", responderSent ? ends.respHost() : ends.origHost());
      writePort(json, "src_p", responderSent ? ends.respPort() : ends.origPort());
      json.writeStringField("dst_h", responderSent ? ends.origHost() : ends.respHost());
      writePort(json, "dst_p", responderSent ? ends.origPort() : ends.respPort());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writePort(JsonGenerator json, String key, @Nullable Long port)
      throws IOException {
    if (port == null) {
      json.writeNullField(key);
    } else {
      json.writeNumberField(key, port);
    }
  }
}
