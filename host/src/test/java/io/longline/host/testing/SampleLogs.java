package io.longline.host.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small log directories. */
public final class SampleLogs {

  private static final String CONN =
      """
      #separator \\x09
      #set_separator	,
      #empty_field	(empty)
      #unset_field	-
      #path	conn
      #fields	ts	uid	id.orig_h
      #types	time	string	addr
      1714420800.040740	C1	10.0.0.1
      """;

  private SampleLogs() {}

  /** Makes a log directory with a conn.log of one row. */
  public static Path directory(Path parent, String name) throws IOException {
    var directory = Files.createDirectories(parent.resolve(name));
    Files.writeString(directory.resolve("conn.log"), CONN);
    return directory;
  }

  /** Makes a log directory whose conn.log has a row that is cut off. */
  public static Path damagedDirectory(Path parent, String name) throws IOException {
    var directory = directory(parent, name);
    Files.writeString(directory.resolve("conn.log"), CONN + "1714420801.1\tC2\n");
    return directory;
  }
}
