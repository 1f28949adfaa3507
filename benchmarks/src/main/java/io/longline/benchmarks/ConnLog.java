package io.longline.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.SplittableRandom;

/** A conn.log in memory, seeded. */
final class ConnLog {

  static final int ROWS = 20_000;

  private static final String[] FIELDS = {
    "ts",
    "uid",
    "id.orig_h",
    "id.orig_p",
    "id.resp_h",
    "id.resp_p",
    "proto",
    "service",
    "duration",
    "orig_bytes",
    "resp_bytes",
    "conn_state",
    "history",
    "orig_pkts",
    "resp_pkts"
  };

  private static final String[] TYPES = {
    "time",
    "string",
    "addr",
    "port",
    "addr",
    "port",
    "enum",
    "string",
    "interval",
    "count",
    "count",
    "string",
    "string",
    "count",
    "count"
  };

  private ConnLog() {}

  static byte[] tsv() {
    var text = new StringBuilder("#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n");
    text.append("#unset_field\t-\n#path\tconn\n#fields\t").append(String.join("\t", FIELDS));
    text.append("\n#types\t").append(String.join("\t", TYPES)).append('\n');
    var random = new SplittableRandom(42);
    for (int row = 0; row < ROWS; row++) {
      text.append(String.join("\t", cells(random, row))).append('\n');
    }
    return text.toString().getBytes(US_ASCII);
  }

  static byte[] json() {
    var text = new StringBuilder();
    var random = new SplittableRandom(42);
    for (int row = 0; row < ROWS; row++) {
      var cells = cells(random, row);
      String separator = "{";
      for (int i = 0; i < cells.length; i++) {
        if (!cells[i].equals("-")) {
          boolean isText = "addr string enum".contains(TYPES[i]);
          var quote = isText ? "\"" : "";
          text.append(separator).append('"').append(FIELDS[i]).append("\":");
          text.append(quote).append(cells[i]).append(quote);
          separator = ",";
        }
      }
      text.append("}\n");
    }
    return text.toString().getBytes(US_ASCII);
  }

  private static String[] cells(SplittableRandom random, int row) {
    boolean isUdp = random.nextInt(3) == 0;
    return new String[] {
      "17144208%02d.%06d".formatted(row / 1000 % 100, random.nextInt(1_000_000)),
      "C" + Long.toString(random.nextLong() & Long.MAX_VALUE, 36),
      "10.%d.%d.%d".formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256)),
      Integer.toString(random.nextInt(1024, 65_536)),
      random.nextInt(10) == 0
          ? "2001:db8::" + Integer.toHexString(random.nextInt(65_536))
          : "192.168.1." + random.nextInt(256),
      isUdp ? "53" : "443",
      isUdp ? "udp" : "tcp",
      isUdp ? "dns" : random.nextInt(2) == 0 ? "ssl" : "-",
      random.nextInt(5) == 0
          ? "-"
          : "%d.%06d".formatted(random.nextInt(100), random.nextInt(1_000_000)),
      Integer.toString(random.nextInt(100_000)),
      Integer.toString(random.nextInt(10_000_000)),
      "SF",
      isUdp ? "Dd" : "ShADadFf",
      Integer.toString(random.nextInt(1_000)),
      Integer.toString(random.nextInt(1_000))
    };
  }
}
