package io.longline.host.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A plugin {@code counts} whose hook {@code counts/Counts} has windows, and logs for it. It keeps
 * the uid of each connection; its output {@code counts} has a line for each originator of a day,
 * and of the run: the number of connections, and their uids. Confined to one thread.
 */
public final class WindowPlugin {

  /** The name of its jar. */
  public static final String JAR = "counts.jar";

  private static final String HEADER =
      """
      #separator \\x09
      #set_separator	,
      #empty_field	(empty)
      #unset_field	-
      #path	conn
      #fields	ts	uid	id.orig_h
      #types	time	string	addr
      """;

  private final Path plugins;
  private String members = "";
  private String atOpen = "";
  private String atEnd = "";
  private String atClose = "";

  private WindowPlugin(Path plugins) {
    this.plugins = plugins;
  }

  /** A plugin whose jar goes into this folder. */
  public static WindowPlugin in(Path plugins) {
    return new WindowPlugin(plugins);
  }

  /** Adds members to the hook. */
  public WindowPlugin members(String members) {
    this.members = members;
    return this;
  }

  /** Does something before the rows of a log are read. */
  public WindowPlugin atOpen(String statements) {
    atOpen = statements;
    return this;
  }

  /** Does something after the rows of a directory. */
  public WindowPlugin atEnd(String statements) {
    atEnd = statements;
    return this;
  }

  /** Does something before the facts of a window are read. */
  public WindowPlugin atClose(String statements) {
    atClose = statements;
    return this;
  }

  /** Makes the jar. */
  public Path build() throws IOException {
    return new PluginJars(plugins)
        .jar(JAR)
        .plugin("counts", "1.0.0")
        .source(source())
        .index("test.plugin.Counts")
        .build();
  }

  private String source() {
    return """
        package test.plugin;
        import static java.nio.charset.StandardCharsets.UTF_8;
        import io.longline.api.*;
        import io.longline.zeek.*;
        import java.nio.file.*;
        import java.time.ZoneOffset;
        import java.util.*;
        public class Counts implements RecordHook, WindowHook {
          static final LogFields CONN = LogFields.of("conn");
          static final TimeField TS = CONN.time("ts");
          static final StringField UID = CONN.string("uid");
          static final StringField ORIGINATOR = CONN.string("id.orig_h");
          %s
          public int maxConcurrency() { return UNLIMITED; }
          public Interest interest() { return Interest.in(CONN).ifPresent(); }
          public List<Windows> windows() {
            return List.of(Windows.days(ZoneOffset.UTC), Windows.wholeRun());
          }
          public RecordSink open(LogDirectory logs, HookContext context) throws Exception {
            %s
            var part = context.part();
            return new RecordSink() {
              public void accept(LogRecord record) throws Exception {
                part.put(TS.micros(record), ORIGINATOR.get(record), UID.get(record).getBytes(UTF_8));
              }
              public void finish() throws Exception { %s }
            };
          }
          public void close(Window window, WindowFacts facts, HookContext context) throws Exception {
            %s
            while (facts.nextKey()) {
              var uids = new ArrayList<String>();
              while (facts.next()) uids.add(new String(facts.value(), UTF_8));
              context.output("counts").lines().line(facts.key() + " " + uids.size() + " " + uids);
            }
          }
        }
        """
        .formatted(members, atOpen, atEnd, atClose);
  }

  /**
   * Makes a directory with a conn.log.
   *
   * @param rows each time, uid and originator, with blanks between them
   */
  public static Path logs(Path parent, String name, String... rows) throws IOException {
    var directory = Files.createDirectories(parent.resolve(name));
    var text = new StringBuilder(HEADER);
    for (var row : rows) {
      text.append(row.replace(' ', '\t')).append('\n');
    }
    Files.writeString(directory.resolve("conn.log"), text);
    return directory.toRealPath();
  }
}
