package io.longline.host.output;

import io.longline.host.ledger.HostIdentity;
import io.longline.host.ledger.HostLedger;
import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.RetryPolicy;
import io.longline.host.ledger.sql.SqlLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** An output folder with its ledger, as a host opens them. Confined to one thread. */
public final class OpenOutputs implements AutoCloseable {

  private final OutputFolder folder;
  private final Ledger ledger;
  private final HostLedger host;
  private final OutputFiles files;

  private OpenOutputs(OutputFolder folder, Ledger ledger, HostLedger host, OutputFiles files) {
    this.folder = folder;
    this.ledger = ledger;
    this.host = host;
    this.files = files;
  }

  /** Opens a folder with a ledger in it, for a host that calls these hooks. */
  public static OpenOutputs open(Path path, Clock clock, String... hooks) throws Exception {
    var folder = OutputFolder.open(path, false);
    var ledger =
        SqlLedger.open(LedgerLocation.in(OutputFolder.stateIn(path)), LedgerClock.of(clock));
    var identity = HostIdentity.ofThisProcess(UUID.randomUUID().toString(), path.toString());
    folder.belongTo(ledger.id(), identity.id());
    var host =
        ledger.host(
            identity,
            Duration.ofMinutes(1),
            new RetryPolicy(1, Duration.ZERO),
            warning -> warning.message());
    host.register(
        List.of(hooks).stream().map(id -> new HostLedger.Installed(id, "p", "1.0")).toList(),
        Set.of(hooks),
        folder.lastHost());
    try {
      var files = OutputFiles.open(folder, ledger.outputs(folder.id()), identity.id(), clock, true);
      return new OpenOutputs(folder, ledger, host, files);
    } catch (IOException e) {
      ledger.close();
      folder.close();
      throw e;
    }
  }

  public OutputFolder folder() {
    return folder;
  }

  public Ledger ledger() {
    return ledger;
  }

  public HostLedger host() {
    return host;
  }

  public OutputFiles files() {
    return files;
  }

  StagedOutputs begin() {
    return folder.begin();
  }

  /** Commits the output of a call. */
  void commit(StagedOutputs call) throws IOException {
    files.commit(commitWithoutWriting(call));
    call.discard();
  }

  /** Acts as if the host were killed after the commit. */
  OutputCommit commitWithoutWriting(StagedOutputs call) throws IOException {
    var staged = stage(call);
    return host.record(List.of(), List.of(), staged, lost -> staged).outputs();
  }

  /** Acts as if the host were killed before the commit. */
  OutputCommit stage(StagedOutputs call) throws IOException {
    call.complete();
    files.prepare(call);
    return files.stage(List.of(call));
  }

  /** Gives everything up as a kill does: nothing is ended. */
  void kill() throws IOException {
    ledger.close();
    folder.close();
  }

  @Override
  public void close() throws IOException {
    files.close();
    kill();
  }
}
