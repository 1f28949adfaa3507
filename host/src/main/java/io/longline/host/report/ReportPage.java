package io.longline.host.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.api.Finding;
import io.longline.api.Finding.Severity;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A report as one HTML page that needs nothing else: no network, no other file. Its style and its
 * script are in it, and by its policy a browser runs no other. Immutable.
 */
public final class ReportPage {

  private static final int MAX_CARDS = 20;
  private static final int MAX_ROWS = 2_000;
  private static final int MAX_COMMON = 500;
  private static final int MAX_PROBLEMS = 20;

  private static final String STYLE = resource("report.css");
  private static final String SCRIPT = resource("report.js");

  private final Report report;
  private final Instant made;
  private final String folder;

  /**
   * The page of a report.
   *
   * @param made when it is made
   * @param folder the output folder
   */
  public ReportPage(Report report, Instant made, String folder) {
    this.report = report;
    this.made = made;
    this.folder = folder;
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("The program is incomplete: " + name, e);
    }
  }

  private static String digest(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  /**
   * Writes the page, in UTF-8. The stream stays open.
   *
   * @throws IOException if it cannot be written
   */
  public void writeTo(OutputStream out) throws IOException {
    var writer = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
    var html = new Html(writer);
    head(html);
    html.markup("<body>\n<a class=\"skip\" href=\"#main\">Skip to the findings</a>\n");
    header(html);
    html.markup("<main id=\"main\">\n");
    problems(html);
    if (report.findings() == 0) {
      html.markup(
          "<p>No detection has found anything in the logs that were processed. The summary of a run names the hooks that were called, and those that are idle.</p>\n");
    } else {
      body(html);
    }
    html.markup("</main>\n<script>").markup(SCRIPT).markup("</script>\n</body>\n</html>\n");
    writer.flush();
  }

  private static void head(Html html) throws IOException {
    html.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.markup(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ")
        .markup(digest(STYLE))
        .markup("; script-src ")
        .markup(digest(SCRIPT))
        .markup("; base-uri 'none'; form-action 'none'\">\n");
    html.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.markup("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.markup("<meta name=\"referrer\" content=\"no-referrer\">\n");
    html.markup("<title>Findings</title>\n<style>").markup(STYLE).markup("</style>\n</head>\n");
  }

  private void header(Html html) throws IOException {
    html.markup("<header>\n<h1>Findings</h1>\n<p>Made on ");
    html.text(Moments.text(ChronoUnit.MICROS.between(Instant.EPOCH, made)));
    html.markup(" from <code>").text(folder).markup("</code>. All times are in UTC.</p>\n");
    html.markup("<ul class=\"tiles\">\n");
    for (Map.Entry<Severity, Long> count : report.bySeverity().entrySet()) {
      html.markup("<li class=\"").markup(count.getKey().word()).markup("\"><strong>");
      html.number(count.getValue()).markup("</strong> ");
      html.text(count.getKey().word()).markup("</li>\n");
    }
    html.markup("</ul>\n</header>\n");
  }

  private void problems(Html html) throws IOException {
    if (report.problems().isEmpty()) {
      return;
    }
    html.markup("<section><h2>Not everything could be read</h2>\n<ul>\n");
    for (var problem : report.problems().stream().limit(MAX_PROBLEMS).toList()) {
      html.element("li", problem).markup("\n");
    }
    html.markup("</ul></section>\n");
  }

  private void body(Html html) throws IOException {
    var groups = report.groups();
    cards(html, groups);
    timeline(html);
    common(html, "host", "By host", "Host", "Detections", report.byHost());
    common(html, "rule", "By detection", "Detection", "Hosts", report.byRule());
    html.markup("<section><h2 id=\"all\">All findings</h2>\n");
    filter(html);
    table(html, "all", groups);
    html.markup("</section>\n");
    allowed(html);
  }

  private static void cards(Html html, List<FindingGroup> groups) throws IOException {
    if (groups.isEmpty()) {
      return;
    }
    html.markup("<section><h2 id=\"worst\">The worst</h2>\n");
    for (var group : groups.stream().limit(MAX_CARDS).toList()) {
      card(html, group);
    }
    html.markup("</section>\n");
  }

  private static void card(Html html, FindingGroup group) throws IOException {
    var worst = group.worst();
    html.markup("<article>\n<h3>");
    badge(html, group.severity());
    html.text(title(group)).markup("</h3>\n<p>");
    html.text(worst.sentence()).markup("</p>\n<dl>\n");
    fact(html, "Detection", worst.plugin() + ": " + worst.what().rule());
    fact(html, "When", Moments.span(group.first(), group.lastMicros()));
    fact(html, "Found", times(group));
    fact(html, "Score", score(worst));
    fact(html, "Based on", String.join("; ", worst.basis()));
    html.markup("</dl>\n");
    if (!worst.charts().isEmpty()) {
      html.markup("<div class=\"charts\">");
      for (Finding.Chart chart : worst.charts()) {
        BarChart.write(chart, html);
      }
      html.markup("</div>\n");
    }
    commands(html, group);
    html.markup("</article>\n");
  }

  private static String title(FindingGroup group) {
    var what = group.worst().what();
    var hosts =
        what.destination().isEmpty() || what.source().isEmpty()
            ? what.source() + what.destination()
            : what.source() + " → " + what.destination();
    if (what.name().isEmpty()) {
      return hosts.isEmpty() ? what.rule() : hosts;
    }
    return hosts.isEmpty() ? what.name() : hosts + " (" + what.name() + ")";
  }

  private static String times(FindingGroup group) {
    if (!group.worst().window().isEmpty()) {
      return group.count() == 1
          ? "in the window " + group.worst().window()
          : "in %,d windows".formatted(group.count());
    }
    return group.count() == 1 ? "once" : "%,d times".formatted(group.count());
  }

  private static String score(ReportedFinding finding) {
    var score = finding.score();
    return score == null ? "" : String.format(Locale.ROOT, "%.3f", score);
  }

  private static void fact(Html html, String name, String text) throws IOException {
    if (!text.isEmpty()) {
      html.markup("<div>").element("dt", name).element("dd", text).markup("</div>\n");
    }
  }

  private static void commands(Html html, FindingGroup group) throws IOException {
    var commands = group.places().stream().map(CutCommand::of).filter(c -> !c.isEmpty()).toList();
    if (commands.isEmpty()) {
      return;
    }
    html.markup("<details><summary>The records that it rests on</summary>\n");
    for (var command : commands) {
      html.markup("<p class=\"command\"><code>").text(command).markup("</code>");
      html.markup(" <button type=\"button\" data-copy hidden>Copy</button></p>\n");
    }
    html.markup("</details>\n");
  }

  private static void badge(Html html, Severity severity) throws IOException {
    html.markup("<span class=\"badge ").markup(severity.word()).markup("\">");
    html.text(severity.word()).markup("</span> ");
  }

  private void timeline(Html html) throws IOException {
    var bars = report.timeline().bars();
    if (bars.bars().isEmpty()) {
      return;
    }
    html.markup("<section><h2 id=\"timeline\">Timeline</h2>\n");
    BarChart.write(bars, html);
    html.markup("<ul class=\"legend\">");
    for (var severity : Severity.values()) {
      html.markup("<li>");
      badge(html, severity);
      html.markup("</li>");
    }
    html.markup("</ul>\n");
    if (bars.outside() > 0) {
      html.markup("<p>").number(bars.outside());
      html.markup(" more have times far from all others.</p>\n");
    }
    html.markup("</section>\n");
  }

  private static void common(
      Html html, String id, String title, String column, String number, List<Report.Common> all)
      throws IOException {
    if (all.isEmpty()) {
      return;
    }
    html.markup("<section><h2 id=\"" + id + "\">").text(title).markup("</h2>\n");
    beginTable(html, title, List.of("Worst", column, number, "Findings"));
    for (var each : all.stream().limit(MAX_COMMON).toList()) {
      var worst = each.groups().get(0);
      html.markup("<tr>");
      severityCell(html, worst.severity());
      cell(html, each.name());
      numberCell(html, id.equals("host") ? rules(each) : hosts(each));
      numberCell(html, each.findings());
      html.markup("</tr>\n");
    }
    endTable(html, all.size(), MAX_COMMON);
    html.markup("</section>\n");
  }

  private static long rules(Report.Common common) {
    return common.groups().stream().map(group -> group.worst().what().rule()).distinct().count();
  }

  private static long hosts(Report.Common common) {
    return common.groups().stream()
        .map(group -> group.worst().what().source())
        .filter(host -> !host.isEmpty())
        .distinct()
        .count();
  }

  private static void filter(Html html) throws IOException {
    html.markup("<p class=\"filter\" hidden><label for=\"filter\">Show rows with</label> ");
    html.markup("<input id=\"filter\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\"> ");
    html.markup("<label for=\"least\">and at least</label> <select id=\"least\">");
    for (var severity : Severity.values()) {
      html.markup("<option value=\"" + rank(severity) + "\">");
      html.text(severity.word()).markup("</option>");
    }
    html.markup("</select> <output id=\"shown\" for=\"filter least\"></output></p>\n");
  }

  private static void table(Html html, String id, List<FindingGroup> groups) throws IOException {
    beginTable(
        html,
        id.equals("all") ? "All findings" : "Allowed findings",
        List.of("Severity", "Last", "Detection", "Source", "Destination", "Name", "Times", "What"));
    for (var group : groups.stream().limit(MAX_ROWS).toList()) {
      var worst = group.worst();
      html.markup("<tr data-severity=\"" + rank(group.severity()) + "\">");
      severityCell(html, group.severity());
      cell(html, Moments.text(group.lastMicros()));
      cell(html, worst.plugin() + ": " + worst.what().rule());
      cell(html, worst.what().source());
      cell(html, worst.what().destination());
      cell(html, worst.what().name());
      numberCell(html, group.count());
      html.markup("<td class=\"what\">").text(worst.sentence());
      if (worst.isAllowed()) {
        html.text(" Allowed by " + worst.what().allowedBy() + ".");
      }
      html.markup("</td>");
      html.markup("</tr>\n");
    }
    endTable(html, groups.size(), MAX_ROWS);
  }

  private static void beginTable(Html html, String caption, List<String> columns)
      throws IOException {
    html.markup("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    html.text(caption).markup("\"><table><caption>").text(caption);
    html.markup("</caption><thead><tr>");
    for (var column : columns) {
      html.markup("<th scope=\"col\"><button type=\"button\" data-sort>").text(column);
      html.markup("</button></th>");
    }
    html.markup("</tr></thead>\n<tbody>\n");
  }

  private static void endTable(Html html, int all, int most) throws IOException {
    html.markup("</tbody></table></div>\n");
    if (all > most) {
      html.markup("<p>And ").number((long) all - most);
      html.markup(" more: <code>longline report --csv</code> prints all.</p>\n");
    }
  }

  private static void cell(Html html, String text) throws IOException {
    html.element("td", text);
  }

  private static void numberCell(Html html, long number) throws IOException {
    html.markup("<td class=\"number\" data-value=\"" + number + "\">").number(number);
    html.markup("</td>");
  }

  private static void severityCell(Html html, Severity severity) throws IOException {
    html.markup("<td data-value=\"" + rank(severity) + "\">");
    badge(html, severity);
    html.markup("</td>");
  }

  /** Orders severities for the script. */
  private static int rank(Severity severity) {
    return switch (severity) {
      case LOW -> 0;
      case MEDIUM -> 1;
      case HIGH -> 2;
      case CRITICAL -> 3;
    };
  }

  private void allowed(Html html) throws IOException {
    var groups = report.allowedGroups();
    if (report.leftOut() > 0) {
      html.markup("<p>").number(report.leftOut());
      html.markup(
          " more findings are not shown, since there are too many that differ: <code>longline report --csv</code> prints all.</p>\n");
    }
    if (groups.isEmpty()) {
      return;
    }
    html.markup("<section><h2 id=\"allowed\">Allowed</h2>\n<details><summary>");
    html.number(report.allowed());
    html.markup(" findings that an allow list expects</summary>\n");
    table(html, "allowed", groups);
    html.markup("</details></section>\n");
  }
}
