package io.longline.host.work;

import io.longline.host.ledger.LedgerLocation;
import io.longline.host.output.OutputFolder;
import java.nio.file.Path;

class SqliteFaultTest extends FaultContract {
  @Override
  LedgerLocation newLocation(Path output) {
    return LedgerLocation.in(OutputFolder.stateIn(output));
  }
}
