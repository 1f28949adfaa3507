package io.longline.zeek;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Real TSV logs keep their bytes when they are read as typed values and written again. */
class CorpusRoundTripTest {

  private static final List<String> HEADER_ORDER =
      List.of(
          "separator",
          "set_separator",
          "empty_field",
          "unset_field",
          "path",
          "open",
          "fields",
          "types");

  private static final Pattern EXPONENT = Pattern.compile("[\\t,]-?\\d\\.\\d+e[+-]\\d+");

  @Test
  void logsKeepTheirBytesWhenReadAndWritten() throws IOException {
    var corpus = Corpus.require();
    var leftOut = new TreeMap<String, Integer>();
    var different = new ArrayList<String>();
    int same = 0;
    for (var log : corpus.oracle()) {
      var file = log.get("file").asText();
      if (!log.get("format").asText().equals("tsv")) {
        continue;
      }
      var bytes = plain(corpus, file);
      var reason = reasonToLeaveOut(log, bytes);
      if (!reason.isEmpty()) {
        leftOut.merge(reason, 1, Integer::sum);
      } else if (Arrays.equals(bytes, rewritten(file, bytes))) {
        same++;
      } else {
        different.add(file);
      }
    }
    int leftOutCount = leftOut.values().stream().mapToInt(Integer::intValue).sum();
    System.out.println("Round trips of real logs: " + same + " identical; left out: " + leftOut);
    assertThat(different).isEmpty();
    assertThat(same).isGreaterThan(leftOutCount);
  }

  private static byte[] plain(Corpus corpus, String file) throws IOException {
    try (var in = Inflation.of(Files.newInputStream(corpus.file(file)))) {
      return in.readAllBytes();
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private static String reasonToLeaveOut(JsonNode log, byte[] bytes) {
    if (bytes.length == 0) {
      return "damaged compression";
    }
    if (log.get("file").asText().contains("-canon")) {
      return "masked times";
    }
    if (log.path("n_bad_lines").asInt() > 0
        || log.path("blank_lines").asInt() > 0
        || !log.path("bad_values").isMissingNode() && log.path("bad_values").size() > 0) {
      return "damaged or blank lines";
    }
    if (log.path("header_blocks").asInt() != 1) {
      return "not one header";
    }
    if (!log.get("final_newline").asBoolean()) {
      return "no last line end";
    }
    var text = new String(bytes, ISO_8859_1);
    if (text.indexOf('\r') >= 0 || bytes[0] == (byte) 0xEF) {
      return "CRLF or BOM";
    }
    if (!hasZeeksHeader(text)) {
      return "header not in Zeek's order (foreign writer, or Bro 2.0)";
    }
    if (text.matches("(?s).*\n#close[^\n]*\n.*\n.*") && !text.matches("(?s).*\n#close[^\n]*\n")) {
      return "rows or comments after #close";
    }
    if (isBefore24(log, text)) {
      return "before 2.4: backslashes not doubled";
    }
    if (hasExponent(text)) {
      return "numbers with exponents, of Zeek before 8.2";
    }
    if (text.matches("(?s).*\t[^\n]*double.*") && text.matches("(?s).*\n-?0\n.*")) {
      return "doubles without a decimal, of Zeek before 4.0";
    }
    return isUtf8(bytes) ? "" : "bytes that are not UTF-8, which Zeek escapes";
  }

  private static boolean hasZeeksHeader(String text) {
    var keys = new ArrayList<String>();
    for (var line : text.lines().limit(HEADER_ORDER.size()).toList()) {
      keys.add(line.replaceFirst("^#", "").split("[^a-z_]", 2)[0]);
    }
    return keys.equals(HEADER_ORDER)
        && !text.lines()
            .skip(8)
            .anyMatch(line -> line.startsWith("#") && !line.startsWith("#close"));
  }

  /**
   * Whether a log is from Bro 2.3 or older, judging by its place in the corpus or by a backslash
   * that starts no escape.
   */
  private static boolean isBefore24(JsonNode log, String text) {
    var file = log.get("file").asText();
    return file.matches("(zeek-btest/v2\\.[0-3]|bro2\\.3).*")
        || text.replace("\\\\", "").matches("(?s).*\n[^#][^\n]*\\\\(?!x[0-9a-f]{2}).*");
  }

  private static boolean hasExponent(String text) {
    return EXPONENT.matcher(text).find();
  }

  private static boolean isUtf8(byte[] bytes) {
    return Utf8.isValid(bytes);
  }

  private static byte[] rewritten(String file, byte[] log) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var reader = LogReader.builder(file, new ByteArrayInputStream(log)).strict(true).open()) {
      var writer = LogWriter.to(out, reader.schema(), Clock.systemUTC());
      for (var record = reader.next(); record != null; record = reader.next()) {
        var row = writer.row();
        for (int i = 0; i < record.size(); i++) {
          row.copy(record, i);
        }
        row.end();
      }
      writer.closeWith(reader.report().closed() ? reader.closeText() : null);
    } catch (ZeekFormatException e) {
      return Map.of("failed", e).toString().getBytes(UTF_8);
    }
    return out.toByteArray();
  }
}
