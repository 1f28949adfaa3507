package io.longline.host.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.host.ledger.LedgerLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordFileTest {

  @TempDir Path folder;

  private final Properties properties = new Properties();

  private Path file(String mode) throws IOException {
    var file = Files.writeString(folder.resolve("password-" + mode), "pass word\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void aNamedFileHasThePasswordAndNothingElse() throws Exception {
    var location = LedgerLocation.at("jdbc:postgresql://h/d").withPasswordFile(file("rw-------"));
    PasswordFile.of(location).addTo(properties);
    assertThat(properties).containsEntry("password", "pass word");
  }

  @Test
  void aFileThatOthersMayReadIsRefused() throws Exception {
    for (var mode : new String[] {"rw----r--", "rw--w----", "rw-rw----"}) {
      for (var isNamed : new boolean[] {true, false}) {
        var password = new PasswordFile(file(mode), isNamed);
        assertThatThrownBy(() -> password.addTo(properties))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("Other users may read the file")
            .hasMessageContaining("chmod 600");
      }
    }
    assertThat(properties).isEmpty();
  }

  @Test
  void theFileOfPostgresIsLeftToTheDriver() throws Exception {
    new PasswordFile(file("rw-------"), false).addTo(properties);
    new PasswordFile(folder.resolve("missing"), false).addTo(properties);
    assertThat(properties).isEmpty();
  }

  @Test
  void aNamedFileThatIsMissingIsReported() {
    assertThatThrownBy(() -> new PasswordFile(folder.resolve("missing"), true).addTo(properties))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("with the password cannot be read");
  }
}
