package io.longline.plugins.beacons;

import io.longline.api.testing.SmallLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The logs of a batch, for a test. */
final class Capture {

  /** 29 April 2024, 00:00 UTC. */
  static final long MIDNIGHT = 1_714_348_800L;

  final SmallLog conn = connections("conn");
  final SmallLog open = connections("open_conn");
  final SmallLog http = requests("http");
  final SmallLog openHttp = requests("open_http");
  final SmallLog ssl =
      SmallLog.tsv("ssl").field("ts", "time").field("uid", "string").field("server_name", "string");

  private static SmallLog connections(String path) {
    return SmallLog.tsv(path)
        .field("ts", "time")
        .field("uid", "string")
        .field("id.orig_h", "addr")
        .field("id.orig_p", "port")
        .field("id.resp_h", "addr")
        .field("id.resp_p", "port")
        .field("proto", "enum")
        .field("service", "string")
        .field("duration", "interval")
        .field("orig_ip_bytes", "count")
        .field("resp_ip_bytes", "count");
  }

  private static SmallLog requests(String path) {
    return SmallLog.tsv(path)
        .field("ts", "time")
        .field("uid", "string")
        .field("method", "string")
        .field("host", "string");
  }

  /** A connection every five minutes of a day. */
  static Capture beacon(String source, String target) {
    var capture = new Capture();
    for (int second = 0; second < 86_400; second += 300) {
      capture.connection(second, "C" + second, source, target);
    }
    return capture;
  }

  /** Adds a connection of TLS, with 100 bytes one way and 200 the other, for half a second. */
  Capture connection(double second, @Nullable String uid, String source, String target) {
    return connection(conn, second, uid, source, target, 0.5);
  }

  /** Adds a connection to one of the logs. */
  Capture connection(
      SmallLog log,
      double second,
      @Nullable String uid,
      String source,
      String target,
      double duration) {
    log.row(MIDNIGHT + second, uid, source, 50_000, target, 443, "tcp", "ssl", duration, 100, 200);
    return this;
  }

  /** Adds a request. */
  Capture request(double second, @Nullable String uid, String method, @Nullable String host) {
    http.row(MIDNIGHT + second, uid, method, host);
    return this;
  }

  /** Adds a handshake. */
  Capture handshake(double second, @Nullable String uid, @Nullable String server) {
    ssl.row(MIDNIGHT + second, uid, server);
    return this;
  }

  /** Writes the logs into a new folder. */
  Path in(Path parent, String name) throws IOException {
    var folder = Files.createDirectories(parent.resolve(name));
    for (var log : new SmallLog[] {conn, open, http, openHttp, ssl}) {
      log.writeTo(folder);
    }
    return folder;
  }
}
