package io.longline.host.app;

import io.longline.api.ApiVersion;
import io.longline.host.isolation.Processes;
import io.longline.host.ledger.sql.SqlLedger;
import java.util.Optional;

/**
 * Which version of the program this is, and of what others must fit to. Immutable.
 *
 * @param program the version of the program, such as {@code 0.1.0}
 * @param commit what it was built from; empty if the build did not say
 * @param api the version of plugin-api that it brings
 * @param ledgerTables the version of the ledger's tables
 * @param processProtocol the version of the messages between the host and the processes of plugins
 */
public record ProgramVersion(
    String program, Optional<String> commit, String api, int ledgerTables, int processProtocol) {

  /** The version that is running. The program has the version of the API. */
  public static ProgramVersion current() {
    return new ProgramVersion(
        ApiVersion.current(),
        ApiVersion.commit(),
        ApiVersion.current(),
        SqlLedger.TABLES_VERSION,
        Processes.PROTOCOL_VERSION);
  }
}
