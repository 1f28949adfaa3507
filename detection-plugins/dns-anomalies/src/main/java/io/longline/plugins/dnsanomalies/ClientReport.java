package io.longline.plugins.dnsanomalies;

import io.longline.api.Finding;
import io.longline.api.HookContext;
import io.longline.api.RowOutput;
import io.longline.api.Window;
import io.longline.zeek.LogSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes the clients of a window that asked for names that do not exist. Confined to one thread.
 */
final class ClientReport {

  private static final LogSchema SCHEMA =
      LogSchema.builder("dns_nxdomain")
          .field("window_start", "time")
          .field("window_end", "time")
          .field("client", "addr")
          .field("queries", "count")
          .field("nx_queries", "count")
          .field("names", "count")
          .field("nx_names", "count")
          .field("nx_domains", "count")
          .field("nx_share", "double")
          .field("score", "double")
          .field("severity", "enum")
          .field("allowed_by", "string")
          .build();

  private final Window window;
  private final HookContext context;
  private final Scoring scoring;
  private final Allowed allowed;
  private @Nullable RowOutput rows;

  ClientReport(Window window, HookContext context, DnsAnomaliesSettings settings) {
    this.window = window;
    this.context = context;
    this.scoring = new Scoring(settings);
    this.allowed = new Allowed(settings);
  }

  boolean isFinding(Facts facts) {
    return scoring.isGenerated((ClientFacts) facts);
  }

  /** Adds a client. */
  void add(byte[] key, WindowSum sum) throws IOException {
    var facts = (ClientFacts) sum.facts();
    boolean isDay = Hours.isDay(sum.start());
    if (!sum.isNew() && (!isDay || facts.nonexistent() == 0)) {
      return;
    }
    var client = ClientAddress.text(Arrays.copyOfRange(key, 1, key.length));
    var score = sum.isFinding() ? scoring.ofClient(facts) : null;
    writeRow(client, facts, score);
    if (score != null) {
      context.finding(finding(client, facts, score, sum));
    }
  }

  private void writeRow(String client, ClientFacts facts, @Nullable Score score)
      throws IOException {
    if (rows == null) {
      rows = context.output("dns_nxdomain").rows(SCHEMA);
    }
    var row = rows.row().time(window.start()).time(window.end()).string(client);
    row.count(facts.queries()).count(facts.nonexistent());
    row.count(facts.names()).count(facts.nonexistentNames()).count(facts.nonexistentDomains());
    row.real(Math.round(facts.nonexistentShare() * 1000) / 1000.0);
    if (score == null) {
      row.unset().unset().unset().end();
    } else {
      row.real(score.value()).string(score.severity().word());
      row.string(allowed.byClient(client)).end();
    }
  }

  private Finding finding(String client, ClientFacts facts, Score score, WindowSum sum) {
    return Finding.of("generated-domains", score.severity())
        .at(sum.firstHour())
        .score(score.value())
        .source(client)
        .log("dns")
        .sentence(
            String.format(
                Locale.ROOT,
                "%s asked for %,d names that do not exist within 24 hours, under %,d domains; that is %.0f%% of all names it asked for. Programs that look for a control server under generated domains do this.",
                client,
                facts.nonexistentNames(),
                facts.nonexistentDomains(),
                100 * facts.nonexistentShare()))
        .basis(basis(facts, score))
        .allowedBy(allowed.byClient(client))
        .chart(
            Finding.Chart.ofTimes(
                "Answers NXDOMAIN by hour", sum.start(), Hours.HOUR_MICROS, sum.hours()));
  }

  private static List<String> basis(ClientFacts facts, Score score) {
    var basis = new ArrayList<String>();
    basis.add(facts.nonexistent() + " answers NXDOMAIN to " + facts.queries() + " queries");
    basis.addAll(score.reasons());
    return basis;
  }
}
