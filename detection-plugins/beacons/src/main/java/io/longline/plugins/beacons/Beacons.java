package io.longline.plugins.beacons;

import io.longline.api.Finding;
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
import java.util.List;
import org.pf4j.Extension;

/**
 * Finds hosts that connect to the same place again and again, are connected to it for long, or
 * connect to it very often, with the scores of RITA v5. Stateless; may be called by any number of
 * threads.
 *
 * <p>RITA looks at the hours from the one in which the last 24 hours begin to that of the newest
 * connection. So a window here has 25 hours: seen from a newest connection in its last hour it has
 * exactly what RITA looks at after it has imported that hour.
 */
@Extension
public final class Beacons implements RecordHook, WindowHook {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration WINDOW = HOUR.multipliedBy(WindowScope.HOURS);

  @Override
  public Class<? extends Record> settings() {
    return BeaconsSettings.class;
  }

  /** Sinks share nothing. */
  @Override
  public int maxConcurrency() {
    return UNLIMITED;
  }

  @Override
  public Interest interest() {
    return Log.interest();
  }

  @Override
  public List<Windows> windows() {
    return List.of(Windows.sliding(WINDOW, HOUR).allowedLateness(HOUR), Windows.wholeRun());
  }

  /** Version 3: blocks begin with what most pairs are asked for; ends are facts without a pair. */
  @Override
  public int partVersion() {
    return 3;
  }

  @Override
  public RecordSink open(LogDirectory logs, HookContext context) {
    return new PairSink(logs, context, context.settings(BeaconsSettings.class).filter());
  }

  @Override
  public void close(Window window, WindowFacts facts, HookContext context) throws IOException {
    var scope = WindowScope.read(window, facts);
    if (scope == null) {
      return;
    }
    var settings = context.settings(BeaconsSettings.class);
    var rows = new BeaconRows(scope, context);
    new WindowReport(
            scope,
            settings.rules(),
            window.isWholeRun(),
            verdict -> write(verdict, scope, rows, settings.leastSeverity(), context))
        .read(facts);
  }

  private static void write(
      Verdict verdict,
      WindowScope scope,
      BeaconRows rows,
      Finding.Severity least,
      HookContext context)
      throws IOException {
    rows.write(verdict);
    var severity = verdict.severity();
    if (severity != null && severity.compareTo(least) >= 0) {
      context.finding(BeaconFinding.of(verdict, severity, scope));
    }
  }
}
