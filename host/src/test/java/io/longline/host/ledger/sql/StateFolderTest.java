package io.longline.host.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.host.ledger.Ledger;
import io.longline.host.ledger.LedgerClock;
import io.longline.host.ledger.LedgerException;
import io.longline.host.ledger.LedgerLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

  @TempDir Path temporary;

  private Path state;

  @BeforeEach
  void nameTheFolder() {
    state = temporary.resolve("state");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  private static void setMode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private void checkModes() throws IOException {
    try (var ledger = open()) {
      assertThat(ledger.id()).isNotEmpty();
      for (var name : new String[] {"ledger.db", "ledger.db-wal", "ledger.db-shm"}) {
        assertThat(mode(state.resolve(name))).as(name).isEqualTo("rw-------");
      }
    }
  }

  private Ledger open() throws LedgerException {
    return SqlLedger.open(LedgerLocation.in(state), LedgerClock.of(Clock.systemUTC()));
  }

  @Test
  void theLedgerIsItsOwnersAlone() throws Exception {
    checkModes();
    assertThat(mode(state)).isEqualTo("rwx------");
  }

  @Test
  void aLedgerThatAnEarlierVersionMadeForEverybodyIsUsedAndClosed() throws Exception {
    open().close();
    setMode(state, "rwxrwxrwx");
    setMode(state.resolve("ledger.db"), "rw-rw-rw-");
    checkModes();
    assertThat(mode(state)).endsWith("r-x");
  }

  @Test
  void aSymbolicLinkInThePlaceOfTheLedgerIsNotFollowed() throws Exception {
    open().close();
    for (var name : new String[] {"ledger.db", "ledger.db-wal"}) {
      Files.move(state.resolve("ledger.db"), temporary.resolve("moved"));
      Files.createSymbolicLink(state.resolve(name), temporary.resolve("moved"));
      assertThatThrownBy(() -> open().close())
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining(name + " is a symbolic link");
      Files.delete(state.resolve(name));
      Files.move(temporary.resolve("moved"), state.resolve("ledger.db"));
    }
    open().close();
  }

  @Test
  void aFolderOfEverybodyIsRefused() throws Exception {
    Files.createDirectory(state);
    Files.writeString(state.resolve("something"), "else");
    setMode(state, "rwxrwxrwx");
    assertThatThrownBy(() -> open().close())
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("can be written by every user of this machine")
        .hasMessageContaining("in the setting state");
    assertThat(mode(state)).isEqualTo("rwxrwxrwx");
  }
}
