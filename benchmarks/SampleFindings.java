import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Writes the logs of example-plugins/sample-findings/logs, the same ones each time: {@code java
 * SampleFindings.java FOLDER}. Everything in them is made up: one day of a small office, and what a
 * person should find in it. Addresses and names are those that are kept free for documentation (RFC
 * 5737, RFC 2606), but for the addresses of the office, which are private.
 */
public final class SampleFindings {

  private static final Instant DAY = Instant.parse("2026-01-14T00:00:00Z");
  private static final Duration STEP = Duration.ofHours(6);
  private static final String RESOLVER = "10.20.0.2";
  private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101";

  private static final List<String> SITES =
      List.of(
          "www.example.com", "mail.example.com", "docs.example.com", "www.example.org",
          "static.example.org", "news.example.org", "www.example.net", "shop.example.net",
          "maps.example.net", "video.example.net");

  private static final Map<String, String> FIELDS =
      Map.of(
          "conn",
          "ts:time uid:string id.orig_h:addr id.orig_p:port id.resp_h:addr id.resp_p:port proto:enum"
              + " service:string duration:interval orig_bytes:count resp_bytes:count"
              + " conn_state:string local_orig:bool local_resp:bool missed_bytes:count"
              + " history:string orig_pkts:count orig_ip_bytes:count resp_pkts:count"
              + " resp_ip_bytes:count tunnel_parents:set[string]",
          "dns",
          "ts:time uid:string id.orig_h:addr id.orig_p:port id.resp_h:addr id.resp_p:port proto:enum"
              + " trans_id:count rtt:interval query:string qclass:count qclass_name:string"
              + " qtype:count qtype_name:string rcode:count rcode_name:string AA:bool TC:bool"
              + " RD:bool RA:bool Z:count answers:vector[string] TTLs:vector[interval] rejected:bool",
          "http",
          "ts:time uid:string id.orig_h:addr id.orig_p:port id.resp_h:addr id.resp_p:port"
              + " trans_depth:count method:string host:string uri:string referrer:string"
              + " version:string user_agent:string origin:string request_body_len:count"
              + " response_body_len:count status_code:count status_msg:string",
          "ssl",
          "ts:time uid:string id.orig_h:addr id.orig_p:port id.resp_h:addr id.resp_p:port"
              + " version:string cipher:string curve:string server_name:string resumed:bool"
              + " established:bool");

  private record Row(Instant time, String cells) {}

  private final Random random = new Random(17);

  /** The rows by directory and log. */
  private final Map<String, Map<String, List<Row>>> directories = new TreeMap<>();

  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    var sample = new SampleFindings();
    sample.visits();
    sample.beacon();
    sample.tunnel();
    sample.download();
    sample.generatedNames();
    sample.longConnection();
    sample.write(Path.of(arguments[0]));
  }

  /** Eight people who look at web sites from eight to six. */
  private void visits() {
    for (int host = 11; host <= 18; host++) {
      for (int i = 0; i < 12; i++) {
        var time = DAY.plusSeconds(8 * 3600).plusMillis(random.nextInt(10 * 3600 * 1000));
        int site = random.nextInt(SITES.size());
        var client = "10.20.0." + host;
        var server = "198.51.100." + (10 + site);
        answer(time, client, SITES.get(site), server);
        if (random.nextInt(4) > 0) {
          tls(time, client, server, SITES.get(site), 900 + random.nextInt(3000));
        } else {
          http(time, client, server, SITES.get(site), "/page/" + random.nextInt(90), BROWSER);
        }
      }
    }
  }

  /** Something that calls home every ten minutes, all day. */
  private void beacon() {
    for (int i = 0; i < 144; i++) {
      var time = DAY.plusSeconds(600L * i + 120).plusMillis(random.nextInt(30_000));
      if (i % 6 == 0) {
        answer(time, "10.20.0.15", "sync.weather-widget.example", "203.0.113.66");
      }
      tls(time, "10.20.0.15", "203.0.113.66", "sync.weather-widget.example", 1180);
    }
  }

  /** A tunnel in DNS: data goes out in names, and comes back in TXT records. */
  private void tunnel() {
    var data = new byte[24];
    for (int i = 0; i < 240; i++) {
      random.nextBytes(data);
      var name = "%s.%04x.t.file-share.example".formatted(HexFormat.of().formatHex(data), i);
      random.nextBytes(data);
      var time = DAY.plusSeconds(10 * 3600 + 300 + 10L * i).plusMillis(random.nextInt(900));
      dns(time, "10.20.0.12", name, 16, "TXT", 0, "TXT 48 " + HexFormat.of().formatHex(data));
    }
  }

  /** A program that is fetched from a host of the feed. */
  private void download() {
    var time = DAY.plusSeconds(14 * 3600 + 300);
    answer(time, "10.20.0.17", "dropper.free-codecs.example", "203.0.113.77");
    http(
        time.plusMillis(40),
        "10.20.0.17",
        "203.0.113.77",
        "dropper.free-codecs.example",
        "/setup/codec.exe",
        "curl/8.5.0");
  }

  /** What that program does next: it looks for its server under names that it makes up. */
  private void generatedNames() {
    for (int i = 0; i < 130; i++) {
      var name = new StringBuilder();
      for (int letter = 0; letter < 12; letter++) {
        name.append((char) ('a' + random.nextInt(26)));
      }
      var time = DAY.plusSeconds(14 * 3600 + 600 + 3L * i).plusMillis(random.nextInt(900));
      dns(time, "10.20.0.17", name + ".example", 1, "A", 3, "-");
    }
  }

  /** A session of five hours. */
  private void longConnection() {
    var time = DAY.plusSeconds(8 * 3600 + 1800);
    conn(time, uid(), "10.20.0.13", 51022, "203.0.113.40", 22, "ssh", 18_000, 81_200, 2_400_100);
  }

  private void answer(Instant time, String client, String name, String address) {
    dns(time.minusMillis(30), client, name, 1, "A", 0, address);
  }

  private void dns(
      Instant time, String client, String name, int type, String typeName, int code, String answer) {
    add(
        "dns", time, uid(), client, port(), RESOLVER, 53, "udp", random.nextInt(65536), "0.011000",
        name, 1, "C_INTERNET", type, typeName, code, code == 0 ? "NOERROR" : "NXDOMAIN", "F", "F",
        "T", "T", 0, answer, answer.equals("-") ? "-" : "300.000000", "F");
  }

  private void tls(Instant time, String client, String server, String name, int sent) {
    var uid = uid();
    int port = port();
    conn(time, uid, client, port, server, 443, "ssl", 0.4, sent, 2 * sent);
    add(
        "ssl", time.plusMillis(20), uid, client, port, server, 443, "TLSv13",
        "TLS_AES_128_GCM_SHA256", "x25519", name, "F", "T");
  }

  private void http(
      Instant time, String client, String server, String host, String uri, String agent) {
    var uid = uid();
    int port = port();
    conn(time, uid, client, port, server, 80, "http", 0.3, 400, 9_000);
    add(
        "http", time.plusMillis(15), uid, client, port, server, 80, 1, "GET", host, uri, "-", "1.1",
        agent, "-", 0, 8_700, 200, "OK");
  }

  private void conn(
      Instant time, String uid, String client, int port, String server, int serverPort,
      String service, double seconds, long sent, long received) {
    long packets = 6 + sent / 1400;
    add(
        "conn", time, uid, client, port, server, serverPort, "tcp", service,
        "%d.%06d".formatted((long) seconds, Math.round(seconds % 1 * 1e6)), sent, received, "SF",
        "T", "F", 0, "ShADadFf", packets, sent + 40 * packets, packets, received + 40 * packets, "-");
  }

  private String uid() {
    return "C" + Long.toString(Math.abs(random.nextLong() | 1L << 62), 36);
  }

  private int port() {
    return 49_152 + random.nextInt(16_000);
  }

  private void add(String log, Instant time, Object... cells) {
    long step = Duration.between(DAY, time).dividedBy(STEP);
    var text = new StringBuilder();
    for (var cell : cells) {
      text.append('\t').append(cell);
    }
    directories
        .computeIfAbsent(
            "2026-01-14-%02d".formatted(step * STEP.toHours()), name -> new TreeMap<>())
        .computeIfAbsent(log, name -> new ArrayList<>())
        .add(new Row(time, text.toString()));
  }

  private void write(Path folder) throws IOException {
    for (var directory : directories.entrySet()) {
      var target = Files.createDirectories(folder.resolve(directory.getKey()));
      for (var log : directory.getValue().entrySet()) {
        Files.writeString(
            target.resolve(log.getKey() + ".log"), text(log.getKey(), log.getValue()));
      }
    }
  }

  private static String text(String path, List<Row> rows) {
    rows.sort(Comparator.comparing(Row::time));
    var text = new StringBuilder("#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n");
    text.append("#unset_field\t-\n#path\t").append(path).append('\n');
    text.append("#open\t").append(zeek(rows.get(0).time())).append("\n#fields");
    for (var field : FIELDS.get(path).split(" ")) {
      text.append('\t').append(field, 0, field.indexOf(':'));
    }
    text.append("\n#types");
    for (var field : FIELDS.get(path).split(" ")) {
      text.append('\t').append(field.substring(field.indexOf(':') + 1));
    }
    for (var row : rows) {
      text.append("\n%d.%06d".formatted(row.time().getEpochSecond(), row.time().getNano() / 1000));
      text.append(row.cells());
    }
    return text.append("\n#close\t")
        .append(zeek(rows.get(rows.size() - 1).time()))
        .append('\n')
        .toString();
  }

  private static String zeek(Instant time) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss").withZone(ZoneOffset.UTC).format(time);
  }
}
