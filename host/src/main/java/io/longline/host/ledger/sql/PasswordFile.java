package io.longline.host.ledger.sql;

import io.longline.host.files.FileAccess;
import io.longline.host.ledger.LedgerLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Properties;

/**
 * The file that has the password for a server: one that the settings name, which has nothing else,
 * or that which PostgreSQL's own programs use, which the driver reads. Immutable.
 *
 * @param path where it is
 * @param isNamed whether the settings name it
 */
record PasswordFile(Path path, boolean isNamed) {

  /** What the driver looks at to find its file, in this order. */
  private static final String PROPERTY = "org.postgresql.pgpassfile";

  private static final String VARIABLE = "PGPASSFILE";

  /** A file that must not be used. */
  static final class RefusedException extends SQLException {

    private static final long serialVersionUID = 1;

    private RefusedException(String message) {
      super(message, "28000");
    }
  }

  /** The file for a ledger that has no password in its URL. */
  static PasswordFile of(LedgerLocation location) {
    var named = location.passwordFile();
    if (named != null) {
      return new PasswordFile(named, true);
    }
    var usual = Path.of(System.getProperty("user.home", ""), ".pgpass").toString();
    var byVariable = System.getenv().getOrDefault(VARIABLE, usual);
    return new PasswordFile(Path.of(System.getProperty(PROPERTY, byVariable)), false);
  }

  /**
   * Adds the password, if it is not the driver that reads it.
   *
   * @throws SQLException if others may read the file, or it is named and cannot be read
   */
  void addTo(Properties properties) throws SQLException {
    if (!isNamed && !Files.isRegularFile(path)) {
      return;
    }
    try {
      check();
      if (isNamed) {
        properties.setProperty("password", Files.readString(path).stripTrailing());
      }
    } catch (IOException e) {
      throw new RefusedException("The file " + path + " with the password cannot be read: " + e);
    }
  }

  /** A file of the superuser may be readable for a group, as service managers arrange it. */
  private void check() throws IOException, SQLException {
    var attributes = Files.readAttributes(path, PosixFileAttributes.class);
    var allowed = EnumSet.copyOf(FileAccess.OWNER.ofFiles());
    allowed.add(PosixFilePermission.OWNER_EXECUTE);
    if (attributes.owner().getName().equals("root")) {
      allowed.add(PosixFilePermission.GROUP_READ);
    }
    if (!allowed.containsAll(attributes.permissions())) {
      throw new RefusedException(
          "Other users may read the file "
              + path
              + " with the password for the ledger; take that from them (chmod 600)");
    }
  }
}
