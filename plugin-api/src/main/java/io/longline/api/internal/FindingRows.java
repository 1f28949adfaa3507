package io.longline.api.internal;

import io.longline.api.Finding;
import io.longline.api.RowOutput;
import io.longline.zeek.Internal;
import io.longline.zeek.JsonFormat;
import io.longline.zeek.LogFormat;
import io.longline.zeek.LogSchema;
import io.longline.zeek.TsvFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the log {@code findings}. Immutable.
 *
 * @param plugin the id of the plugin that finds
 * @param hook the hook's name
 * @param window the name of the window that the call is for; null for a call on a batch
 * @param startMicros the start of the window, in microseconds since 1970 UTC; null for none
 * @param directory the directory of the batch; null for a window
 */
@Internal
public record FindingRows(
    String plugin,
    String hook,
    @Nullable String window,
    @Nullable Long startMicros,
    @Nullable String directory) {

  /** The output that they go to, and the folder of those of windows. */
  public static final String OUTPUT = "findings";

  /** What separates the parts of a chart. */
  private static final String PARTS = "; ";

  /** The columns, in Zeek's own format. */
  private static final LogSchema COLUMNS =
      LogSchema.builder(OUTPUT)
          .field("ts", "time")
          .field("window", "string")
          .field("plugin", "string")
          .field("hook", "string")
          .field("rule", "string")
          .field("severity", "enum")
          .field("score", "double")
          .field("source", "string")
          .field("destination", "string")
          .field("name", "string")
          .field("uid", "string")
          .field("log", "string")
          .field("directory", "string")
          .field("sentence", "string")
          .field("basis", "vector[string]")
          .field("allowed_by", "string")
          .field("charts", "vector[string]")
          .build();

  /** The columns, in a format. */
  public static LogSchema schema(LogFormat format) {
    var schema = LogSchema.builder(OUTPUT).format(format);
    COLUMNS.fields().forEach(field -> schema.field(field.name(), field.type().text()));
    return schema.build();
  }

  /** Zeek's own format, or JSON. */
  public static LogFormat format(boolean isJson) {
    return isJson ? JsonFormat.ZEEK : TsvFormat.ZEEK;
  }

  /** The name of the output: one for all batches, and one for the windows of each hook. */
  public String output() {
    return window == null ? OUTPUT : OUTPUT + "/" + plugin + "/" + hook;
  }

  /**
   * Writes a finding.
   *
   * @throws IOException if it cannot be written
   */
  public void write(RowOutput rows, Finding finding) throws IOException {
    var row = rows.row();
    var at = finding.at() == null ? startMicros : finding.at();
    if (at == null) {
      row.unset();
    } else {
      row.timeMicros(at);
    }
    row.string(window).string(plugin).string(hook);
    row.string(finding.rule()).string(finding.severity().word());
    var score = finding.score();
    if (score == null || !Double.isFinite(score)) {
      row.unset();
    } else {
      row.real(score);
    }
    row.string(finding.source()).string(finding.destination()).string(finding.name());
    row.string(finding.uid()).string(finding.log()).string(directory);
    row.string(finding.sentence()).strings(finding.basis()).string(finding.allowedBy());
    row.strings(finding.charts().stream().map(FindingRows::text).toList()).end();
  }

  /** A chart as a text: title, unit, first, step, and the counts. */
  private static String text(Finding.Chart chart) {
    return String.join(
        PARTS,
        chart.title().replace(PARTS, ", "),
        chart.unit().replace(PARTS, ", "),
        Double.toString(chart.first()),
        Double.toString(chart.step()),
        chart.counts().stream().map(String::valueOf).collect(Collectors.joining(" ")));
  }

  /**
   * Reads a chart, which may be any text.
   *
   * @return null if the text is no chart
   */
  public static Finding.@Nullable Chart chart(String text) {
    var parts = text.split(PARTS, -1);
    if (parts.length != 5) {
      return null;
    }
    try {
      var counts =
          parts[4].isEmpty()
              ? List.<Long>of()
              : Arrays.stream(parts[4].split(" ")).map(Long::valueOf).toList();
      double first = Double.parseDouble(parts[2]);
      double step = Double.parseDouble(parts[3]);
      return Double.isFinite(first) && Double.isFinite(step) && step > 0
          ? new Finding.Chart(parts[0], parts[1], first, step, counts)
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
