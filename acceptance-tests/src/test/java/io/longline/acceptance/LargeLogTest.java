package io.longline.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory with logs that are much larger than the heap. */
@Tag("slow")
class LargeLogTest {

  private static final long CONN_BYTES = 1_000_000_000;
  private static final int HTTP_ROWS = 1_500_000;
  private static final int FILES_ROWS = 100_000;

  @TempDir Path folder;

  private OutputStream log(String path, String fields, String types) throws IOException {
    var directory = Files.createDirectories(folder.resolve("logs/large"));
    var out =
        new BufferedOutputStream(Files.newOutputStream(directory.resolve(path + ".log")), 1 << 20);
    out.write(
        "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\t%s\n#fields\t%s\n#types\t%s\n"
            .formatted(path, fields.replace(' ', '\t'), types.replace(' ', '\t'))
            .getBytes(US_ASCII));
    return out;
  }

  private int writeConn() throws IOException {
    int rows = 0;
    try (var out =
        log(
            "conn",
            "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes conn_state history",
            "time string addr port addr port enum string interval count count string string")) {
      for (long written = 0; written < CONN_BYTES; rows++) {
        var row =
            "%d.%06d\tCx%016x\t10.%d.%d.%d\t%d\t192.168.%d.%d\t443\ttcp\tssl\t1.%06d\t%d\t%d\tSF\tShADadFf\n"
                .formatted(
                    1_714_420_800 + rows / 1000,
                    rows % 1_000_000,
                    rows,
                    rows >> 16 & 255,
                    rows >> 8 & 255,
                    rows & 255,
                    1024 + rows % 60_000,
                    rows >> 8 & 255,
                    rows & 255,
                    rows % 1_000_000,
                    rows % 5_000,
                    rows % 90_000)
                .getBytes(US_ASCII);
        out.write(row);
        written += row.length;
      }
    }
    return rows;
  }

  private void writeHttp() throws IOException {
    try (var out =
        log(
            "http",
            "ts id.orig_h id.orig_p id.resp_h id.resp_p method host uri user_agent",
            "time addr port addr port string string string string")) {
      for (int row = 0; row < HTTP_ROWS; row++) {
        out.write(
            ("1714420800.000000\t10.0.0.1\t1234\t10.0.0.2\t80\tGET\texample.org\t/page/"
                    + row
                    + "\tMozilla/5.0 (X11; Linux x86_64)\n")
                .getBytes(US_ASCII));
      }
    }
  }

  private void writeFiles() throws IOException {
    try (var out =
        log(
            "files",
            "ts uid id.orig_h id.resp_h is_orig mime_type extracted",
            "time string addr addr bool string string")) {
      for (int row = 0; row < FILES_ROWS; row++) {
        out.write(
            "1714420800.000000\tCx%016x\t10.0.0.1\t10.0.0.2\tF\ttext/html\tHTTP-F%d.html\n"
                .formatted(row * 7L, row)
                .getBytes(US_ASCII));
      }
    }
  }

  /** Without the detections, which make such a test last for many minutes. */
  @Test
  void runsThroughTheStockHooksInASmallHeap() throws Exception {
    int connections = writeConn();
    writeHttp();
    writeFiles();
    var output = folder.resolve("out");
    try (var program =
        Program.start(
            Map.of("LONGLINE_JAVA_OPTS", "-Xmx256m"),
            "run",
            "--json",
            "--hooks",
            "http-connections,extracted-files,traffic-summary",
            "--output",
            output.toString(),
            folder + "/logs")) {
      var lines = program.rest();
      assertThat(program.exitCode()).as(program.err()).isZero();
      var summary = Checkout.json(lines.get(lines.size() - 1));
      assertThat(summary.get("directories").asInt()).isEqualTo(1);
    }
    assertThat(Files.readString(output.resolve("traffic-summary/run.log")))
        .contains(Integer.toString(connections));
    try (var rows = Files.walk(output.resolve("http"))) {
      var http = rows.filter(Files::isRegularFile).findFirst().orElseThrow();
      try (var lines = Files.lines(http)) {
        assertThat(lines.filter(line -> !line.startsWith("#")).count()).isEqualTo(HTTP_ROWS);
      }
    }
    assertThat(Checkout.dailyRows(output, "info"))
        .hasSize(FILES_ROWS)
        .allMatch(line -> line.contains("\"src_p\":443"));
  }
}
