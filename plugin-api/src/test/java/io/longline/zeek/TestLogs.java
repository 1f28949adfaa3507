package io.longline.zeek;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Logs as text, and their rows, for tests of the reader. */
final class TestLogs {

  /** A header of seven columns, one of each of the common types. */
  static final String HEADER =
      """
      #separator \\x09
      #set_separator	,
      #empty_field	(empty)
      #unset_field	-
      #path	conn
      #open	2024-04-29-20-00-00
      #fields	ts	id.orig_h	id.resp_p	duration	service	local	tags
      #types	time	addr	port	interval	string	bool	set[string]
      """;

  /** A row of these columns. */
  static final String ROW = "1714420800.040740\t10.0.0.1\t443\t-0.135941\tssl\tT\ta,b\n";

  private TestLogs() {}

  /** A builder of a reader of this text. */
  static LogReader.Builder reader(String text) {
    return LogReader.builder("test.log", new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  /** The next row, which there must be. */
  static LogRecord first(LogReader reader) throws IOException {
    var record = reader.next();
    assertThat(record).isNotNull();
    return record;
  }

  /** All rows, each as its cells joined with a bar. */
  static List<String> rows(LogReader reader) throws IOException {
    var rows = new ArrayList<String>();
    reader.forEach(
        record -> {
          var cells = new ArrayList<String>();
          for (int i = 0; i < record.size(); i++) {
            cells.add(record.string(i));
          }
          rows.add(String.join("|", cells));
        });
    return rows;
  }
}
