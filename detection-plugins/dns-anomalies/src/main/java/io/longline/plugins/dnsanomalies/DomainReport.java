package io.longline.plugins.dnsanomalies;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.api.Finding;
import io.longline.api.HookContext;
import io.longline.api.RowOutput;
import io.longline.api.Window;
import io.longline.zeek.LogSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the domains of a window that have many names. Confined to one thread. */
final class DomainReport {

  private static final LogSchema SCHEMA =
      LogSchema.builder("dns_anomalies")
          .field("window_start", "time")
          .field("window_end", "time")
          .field("domain", "string")
          .field("names", "count")
          .field("queries", "count")
          .field("clients", "count")
          .field("client", "addr")
          .field("mean_len", "double")
          .field("max_len", "count")
          .field("label_entropy", "double")
          .field("qtypes", "vector[string]")
          .field("carrier_share", "double")
          .field("nx_share", "double")
          .field("answers_bytes", "count")
          .field("direct_conn", "count")
          .field("score", "double")
          .field("severity", "enum")
          .field("allowed_by", "string")
          .build();

  private final Window window;
  private final HookContext context;
  private final DnsAnomaliesSettings settings;
  private final Scoring scoring;
  private final Allowed allowed;
  private @Nullable RowOutput rows;
  private boolean isDirectKnown;

  DomainReport(Window window, HookContext context, DnsAnomaliesSettings settings) {
    this.window = window;
    this.context = context;
    this.settings = settings;
    this.scoring = new Scoring(settings);
    this.allowed = new Allowed(settings);
  }

  boolean isFinding(Facts facts) {
    return ((DomainFacts) facts).names() >= settings.leastNames();
  }

  /** Adds what all domains have together, before the first of them. */
  void addAll(WindowSum sum) {
    isDirectKnown = ((DomainFacts) sum.facts()).direct() > 0;
  }

  /** Adds a domain. */
  void add(byte[] key, WindowSum sum) throws IOException {
    if (sum.isNew() || sum.isFinding() && Hours.isDay(sum.start())) {
      var facts = (DomainFacts) sum.facts();
      var domain = new String(key, 1, key.length - 1, UTF_8);
      var score = scoring.ofDomain(facts, isDirectKnown);
      writeRow(domain, facts, score);
      context.finding(finding(domain, facts, score, sum));
    }
  }

  private void writeRow(String domain, DomainFacts facts, Score score) throws IOException {
    if (rows == null) {
      rows = context.output("dns_anomalies").rows(SCHEMA);
    }
    var row = rows.row().time(window.start()).time(window.end()).string(domain);
    row.count(facts.names()).count(facts.queries()).count(facts.clients().count());
    row.string(client(facts));
    row.real(thousandths(facts.meanLength())).count(facts.longest());
    row.real(thousandths(facts.entropy())).strings(types(facts));
    row.real(thousandths(facts.carrierShare())).real(thousandths(facts.nonexistentShare()));
    row.count(facts.answerBytes());
    if (isDirectKnown) {
      row.count(facts.direct());
    } else {
      row.unset();
    }
    row.real(score.value()).string(score.severity().word()).string(allowed.byDomain(domain)).end();
  }

  private static double thousandths(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** The client with the most queries; null if it is not known. */
  private static @Nullable String client(DomainFacts facts) {
    var address = facts.clients().most();
    return address.length == 0 ? null : ClientAddress.text(address);
  }

  /** The types that were asked for, the most frequent first, each with the number of queries. */
  private static List<String> types(DomainFacts facts) {
    return QueryType.ALL.stream()
        .filter(type -> facts.queries(type) > 0)
        .sorted(Comparator.comparing(facts::queries, Comparator.reverseOrder()))
        .map(type -> type + "=" + facts.queries(type))
        .toList();
  }

  private Finding finding(String domain, DomainFacts facts, Score score, WindowSum sum) {
    var client = client(facts);
    long clients = facts.clients().count();
    var who =
        client != null && clients == 1
            ? client
            : String.format(Locale.ROOT, "%,d clients", clients);
    return Finding.of("dns-tunnel", score.severity())
        .at(sum.firstHour())
        .score(score.value())
        .source(client)
        .name(domain)
        .log("dns")
        .sentence(
            String.format(
                Locale.ROOT,
                "%s asked for %,d different names under %s within 24 hours, %.0f characters long on average: this may be a tunnel that carries data in DNS queries.",
                who,
                facts.names(),
                domain,
                facts.meanLength()))
        .basis(basis(facts, score))
        .allowedBy(allowed.byDomain(domain))
        .chart(
            Finding.Chart.ofTimes("Queries by hour", sum.start(), Hours.HOUR_MICROS, sum.hours()));
  }

  private List<String> basis(DomainFacts facts, Score score) {
    var basis = new ArrayList<String>();
    basis.add(facts.queries() + " queries");
    basis.addAll(types(facts));
    basis.add("longest name " + facts.longest());
    basis.add(String.format(Locale.ROOT, "%.1f bits a letter", facts.entropy()));
    basis.add(String.format(Locale.ROOT, "%.0f%% NXDOMAIN", 100 * facts.nonexistentShare()));
    basis.addAll(score.reasons());
    return basis;
  }
}
