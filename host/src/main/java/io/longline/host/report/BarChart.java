package io.longline.host.report;

import io.longline.api.Finding;
import io.longline.api.Finding.Severity;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** Pictures of bars, as SVG that the page contains. */
final class BarChart {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 120;

  /** Where the text below the bars is. */
  private static final int TEXT_Y = HEIGHT + 16;

  /** Times beyond this cannot be shown as such; in seconds. */
  private static final double MAX_SECONDS = 2.5e11;

  private BarChart() {}

  /** A picture of a finding. */
  static void write(Finding.Chart chart, Html html) throws IOException {
    var counts = chart.counts();
    long most = Math.max(1, counts.stream().mapToLong(Long::longValue).max().orElse(1));
    double end = chart.first() + chart.step() * counts.size();
    var from = axis(chart, chart.first());
    var to = axis(chart, end);
    begin(
        html,
        "%s: %d bars from %s to %s, the highest %d"
            .formatted(chart.title(), counts.size(), from, to, most));
    double width = (double) WIDTH / Math.max(1, counts.size());
    for (int i = 0; i < counts.size(); i++) {
      double height = HEIGHT * (double) Math.max(0, counts.get(i)) / most;
      bar(html, "bar", i * width, HEIGHT - height, width, height);
    }
    end(html, from, most, to);
    html.markup("<p class=\"caption\">").text(chart.title()).markup("</p></figure>\n");
  }

  private static String axis(Finding.Chart chart, double value) {
    if (chart.unit().equals(Finding.Chart.TIME)) {
      return Math.abs(value) < MAX_SECONDS ? Moments.text((long) (value * 1e6)) : "?";
    }
    var number = String.format(Locale.ROOT, "%.4g", value);
    var plain =
        Math.abs(value) < 1e7
            ? String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.1f", value)
            : number;
    return plain + (chart.unit().isEmpty() ? "" : " " + chart.unit());
  }

  /** The findings over time, by severity. */
  static void write(Timeline.Bars bars, Html html) throws IOException {
    var all = bars.bars();
    long most = all.stream().mapToLong(Timeline.Bar::all).max().orElse(1);
    var from = Moments.text(all.get(0).start());
    var to = Moments.text(all.get(all.size() - 1).start() + bars.width());
    begin(
        html,
        "Findings over time: %d bars from %s to %s, the highest %d"
            .formatted(all.size(), from, to, most));
    double width = (double) WIDTH / all.size();
    for (int i = 0; i < all.size(); i++) {
      stack(html, all.get(i).counts(), i * width, width, (double) HEIGHT / Math.max(1, most));
    }
    end(html, from, most, to);
    html.markup("</figure>\n");
  }

  private static void stack(
      Html html, Map<Severity, Long> counts, double x, double width, double unit)
      throws IOException {
    double top = HEIGHT;
    var severities = Severity.values();
    for (int i = severities.length - 1; i >= 0; i--) {
      double height = counts.getOrDefault(severities[i], 0L) * unit;
      top -= height;
      bar(html, severities[i].word(), x, top, width, height);
    }
  }

  private static void begin(Html html, String description) throws IOException {
    html.markup(
            "<figure><svg viewBox=\"0 -14 %d %d\" role=\"img\" aria-label=\""
                .formatted(WIDTH, HEIGHT + 36))
        .text(description)
        .markup("\">");
  }

  private static void bar(Html html, String type, double x, double y, double width, double height)
      throws IOException {
    if (height > 0) {
      html.markup(
          String.format(
              Locale.ROOT,
              "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
              type,
              x,
              y,
              Math.max(1, width - 1),
              Math.max(1, height)));
    }
  }

  private static void end(Html html, String from, long most, String to) throws IOException {
    html.markup("<path class=\"axis\" d=\"M0 %dH%d\"/>".formatted(HEIGHT, WIDTH));
    html.markup("<text x=\"0\" y=\"%d\">".formatted(TEXT_Y)).text(from).markup("</text>");
    html.markup("<text x=\"%d\" y=\"%d\" class=\"end\">".formatted(WIDTH, TEXT_Y))
        .text(to)
        .markup("</text>");
    html.markup("<text x=\"0\" y=\"-3\">").text("most: " + most).markup("</text></svg>");
  }
}
