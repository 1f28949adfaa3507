package io.longline.plugins.sigma;

import java.util.HashMap;
import java.util.Map;

/** The names that fields of rules have in Zeek's logs (Sigma taxonomy appendix 2.1). */
final class FieldMapping {

  /** Those of log sources that are not of one product. */
  static final Map<String, String> DEFAULT = mapping();

  private FieldMapping() {}

  private static Map<String, String> mapping() {
    var names = new HashMap<String, String>();
    put(names, "uri", "c-uri", "cs-uri", "c-uri-query", "cs-uri-query", "c-uri-stem");
    put(names, "uri", "cs-uri-stem", "c-uri-extension", "cs-uri-extension");
    put(names, "user_agent", "c-useragent", "cs-user-agent", "cs(User-Agent)");
    put(names, "host", "cs-host", "r-dns");
    put(names, "method", "cs-method", "c-method");
    put(names, "referrer", "cs-referer", "cs-referrer", "cs(Referer)");
    put(names, "cookie", "cs-cookie", "cs-cookie-vars");
    put(names, "username", "cs-username");
    put(names, "status_code", "sc-status");
    put(names, "request_body_len", "cs-bytes");
    put(names, "response_body_len", "sc-bytes");
    put(names, "id.orig_h", "src_ip", "c-ip");
    put(names, "id.resp_h", "dst_ip", "r-ip");
    put(names, "id.orig_p", "src_port");
    put(names, "id.resp_p", "dst_port", "r-port");
    put(names, "qtype_name", "record_type");
    put(names, "answers", "answer");
    return Map.copyOf(names);
  }

  private static void put(Map<String, String> names, String zeek, String... sigma) {
    for (var name : sigma) {
      names.put(name, zeek);
    }
  }
}
