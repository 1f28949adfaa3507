package io.longline.plugins.dnsanomalies;

import io.longline.api.Combiner;
import io.longline.api.HookContext;
import io.longline.api.Interest;
import io.longline.api.LogDirectory;
import io.longline.api.RecordHook;
import io.longline.api.RecordSink;
import io.longline.api.Window;
import io.longline.api.WindowFacts;
import io.longline.api.WindowHook;
import io.longline.api.Windows;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.pf4j.Extension;

/**
 * Finds registered domains with very many different names, as tunnels need them, and clients that
 * ask for very many names that do not exist, as programs with generated domains do. All of it in
 * facts of windows. Thread-safe.
 */
@Extension
public final class DnsAnomalies implements RecordHook, WindowHook {

  /** A part has no state but its own. */
  @Override
  public int maxConcurrency() {
    return UNLIMITED;
  }

  @Override
  public Class<? extends Record> settings() {
    return DnsAnomaliesSettings.class;
  }

  @Override
  public Interest interest() {
    var interest = Interest.in(DnsQuery.FIELDS).inAnyOrder().ifPresent();
    for (var hosts : HostNames.ALL) {
      interest = interest.andIn(hosts.fields()).inAnyOrder().ifPresent();
    }
    return interest;
  }

  /**
   * A day, since slow tunnels need one to show, every six hours. Those from midnight to midnight
   * have all rows of a day. The others only have what has become a finding in their last six hours:
   * so it is known before the day is over, and a tunnel that midnight divides is found.
   */
  @Override
  public List<Windows> windows() {
    return List.of(
        Windows.sliding(Duration.ofHours(Hours.A_WINDOW), Duration.ofHours(Hours.A_STEP))
            .allowedLateness(Duration.ofHours(1)));
  }

  @Override
  public Combiner combiner() {
    return Facts.combiner();
  }

  @Override
  public RecordSink open(LogDirectory logs, HookContext context) {
    return new DnsSink(context);
  }

  @Override
  public void close(Window window, WindowFacts facts, HookContext context) throws IOException {
    long start = micros(Objects.requireNonNull(window.start()));
    var settings = context.settings(DnsAnomaliesSettings.class);
    var domains = new DomainReport(window, context, settings);
    var clients = new ClientReport(window, context, settings);
    while (facts.nextKey()) {
      if (context.isCancelled()) {
        throw new CancellationException("The window " + window.name() + " was cancelled.");
      }
      var key = facts.keyBytes();
      if (key[0] == Facts.CLIENT) {
        clients.add(key, WindowSum.of(key[0], facts, start, clients::isFinding));
      } else if (key.length == 1) {
        domains.addAll(WindowSum.of(key[0], facts, start, domains::isFinding));
      } else {
        var sum = WindowSum.ofDomain(facts, start, settings.leastNames(), domains::isFinding);
        if (sum != null) {
          domains.add(key, sum);
        }
      }
    }
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
