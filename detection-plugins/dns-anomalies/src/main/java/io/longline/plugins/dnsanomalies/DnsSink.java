package io.longline.plugins.dnsanomalies;

import io.longline.api.HookContext;
import io.longline.api.RecordSink;
import io.longline.zeek.LogRecord;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Counts the records of a batch. Confined to one thread at a time. */
final class DnsSink implements RecordSink {

  /** A part may have facts in 10,000 spans of time; no batch of a real network has so many. */
  private static final int MOST_STEPS = 5_000;

  private static final byte[] NO_BYTES = {};

  private final HookContext context;
  private final FactTable table;
  private final Names names = new Names();
  private final DnsQuery query = new DnsQuery(names);
  private final Set<Long> steps = new HashSet<>();
  private long lastStep = Long.MIN_VALUE;
  private long leftOut;
  private HostNames hosts = HostNames.HTTP;
  private boolean isDns;

  DnsSink(HookContext context) {
    this.context = context;
    this.table = new FactTable(context.part());
  }

  @Override
  public void begin(String path) {
    isDns = path.equals(DnsQuery.FIELDS.path());
    if (!isDns) {
      hosts = HostNames.of(path);
    }
  }

  @Override
  public void accept(LogRecord record) throws IOException {
    if (!isDns) {
      addDirect(record);
    } else if (query.read(record) && isUsable(query.time())) {
      addQuery();
    }
  }

  /** Whether a part can have a fact of this time. */
  private boolean isUsable(long time) {
    long step = Hours.step(time);
    if (step == lastStep) {
      return true;
    }
    boolean isUsable =
        step >= Hours.FIRST_STEP
            && step <= Hours.LAST_STEP
            && (steps.contains(step) || steps.size() < MOST_STEPS && steps.add(step));
    if (isUsable) {
      lastStep = step;
    } else {
      leftOut++;
    }
    return isUsable;
  }

  private void addQuery() throws IOException {
    var name = query.name();
    if (name.hasDomain()) {
      var domain = domain(query.time(), name);
      int before = domain.memory();
      domain.add(query);
      table.grown(domain.memory() - before);
    }
    if (query.hasClient()) {
      var client = client();
      int before = client.memory();
      client.add(query);
      table.grown(client.memory() - before);
    }
  }

  private DomainFacts domain(long time, Name name) {
    return (DomainFacts)
        table.facts(
            Facts.DOMAIN, time, name.domainHash(), name.bytes(), name.domainStart(), name.length());
  }

  private ClientFacts client() {
    long hash = NameHash.of(query.address(), 0, query.addressLength());
    return (ClientFacts)
        table.facts(Facts.CLIENT, query.time(), hash, query.address(), 0, query.addressLength());
  }

  private void addDirect(LogRecord record) throws IOException {
    long time = hosts.time(record);
    var name = hosts.name(record, names);
    if (name != null && name.hasDot() && isUsable(time)) {
      // Without a domain: that there are such logs at all.
      ((DomainFacts) table.facts(Facts.DOMAIN, time, 0, NO_BYTES, 0, 0)).addDirect();
      if (name.hasDomain()) {
        domain(time, name).addDirect();
      }
      table.grown(0);
    }
  }

  @Override
  public void finish() throws IOException {
    table.flush();
    if (leftOut > 0) {
      context.warn(
          String.format(
              Locale.ROOT,
              "%,d records were left out: their times are not in the years 1 to 9999, or the batch has times on more than %,d days.",
              leftOut,
              MOST_STEPS * Hours.A_STEP / Hours.A_WINDOW));
    }
  }
}
