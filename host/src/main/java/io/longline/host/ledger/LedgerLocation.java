package io.longline.host.ledger;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a ledger is: in a state folder, in memory, or on a PostgreSQL server. Immutable.
 *
 * @param folder the state folder, of SQLite; null for the others
 * @param url the JDBC URL, of PostgreSQL; null for the others
 * @param roots how directories are named in it
 * @param passwordFile the file that has the password for the server; null if no file was named
 */
public record LedgerLocation(
    @Nullable Path folder, @Nullable String url, Roots roots, @Nullable Path passwordFile) {

  /**
   * What the driver takes: hosts with ports, a database, options, whose values are encoded as in
   * any URL. It is checked here, since the driver's own message would have the password in it.
   */
  private static final Pattern URL =
      Pattern.compile(
          "jdbc:postgresql:(//(HOST(:\\d{1,5})?(,HOST(:\\d{1,5})?)*)?(/|(?=\\?)|$))?[^/?]*(\\?([^%]|%[0-9A-Fa-f]{2})*)?"
              .replace("HOST", "([^/?:,@\\[\\]]+|\\[[0-9A-Fa-f:.%]+\\])"));

  /** A ledger that ends with the process. */
  public static LedgerLocation inMemory() {
    return new LedgerLocation(null, null, Roots.none(), null);
  }

  /** A ledger in a folder, which is made when there is none. */
  public static LedgerLocation in(Path folder) {
    return new LedgerLocation(folder.toAbsolutePath().normalize(), null, Roots.none(), null);
  }

  /**
   * A ledger on a server.
   *
   * @throws IllegalArgumentException if it is not a JDBC URL of PostgreSQL
   */
  public static LedgerLocation at(String url) {
    if (!URL.matcher(url).matches()) {
      throw new IllegalArgumentException(
          "\""
              + withoutPassword(url)
              + "\" is not a valid place for a ledger; write jdbc:postgresql://HOST/DATABASE, or name a folder.");
    }
    return new LedgerLocation(null, url, Roots.none(), null);
  }

  /** This ledger, with directories below these roots named by them. */
  public LedgerLocation withRoots(Roots named) {
    return new LedgerLocation(folder, url, named, passwordFile);
  }

  /** This ledger, with the password for its server in a file. */
  public LedgerLocation withPasswordFile(@Nullable Path file) {
    return new LedgerLocation(folder, url, roots, file);
  }

  /** Whether a URL has a password. */
  public static boolean hasPassword(String url) {
    return !withoutPassword(url).equals(url);
  }

  /** Whether it is on a PostgreSQL server. */
  public boolean isPostgres() {
    return url != null;
  }

  /** Whether it is forgotten at the end of the process. */
  public boolean isInMemory() {
    return url == null && folder == null;
  }

  /** For people; without a password. */
  @Override
  public String toString() {
    if (url != null) {
      return withoutPassword(url);
    }
    return folder == null ? "in memory" : folder.toString();
  }

  /** A URL, or a text with one in it, without the password. */
  public static String withoutPassword(String url) {
    return url.replaceAll("(?i)(password=)[^&]*", "$1***").replaceAll("//[^@\\s]*@", "//***@");
  }
}
