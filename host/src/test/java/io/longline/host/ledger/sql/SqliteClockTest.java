package io.longline.host.ledger.sql;

import io.longline.host.ledger.LedgerLocation;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteClockTest extends ClockContract {

  @TempDir Path folder;

  @Override
  LedgerLocation location() {
    return LedgerLocation.in(folder);
  }
}
