package io.longline.acceptance;

import io.longline.host.testing.PluginJars;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The plugin whose calls a {@link ChaosRun} counts: a log hook that writes the name of the
 * directory, and a record hook that writes the uid of each record, both of which fail while the
 * directory has a file {@code ill}. Confined to one thread.
 */
final class ChaosPlugin {

  static final String LOG_HOOK = "chaos/Names";
  static final String RECORD_HOOK = "chaos/Uids";

  private static final String SOURCE_OF_LOG_HOOK =
      """
      package test.plugin;
      import io.longline.api.*;
      public class Names implements LogHook {
        public void process(LogDirectory logs, HookContext context) throws Exception {
          if (java.nio.file.Files.exists(logs.path().resolve("ill"))) {
            throw new IllegalStateException("This directory is ill.");
          }
          context.output("names").lines().line(logs.name());
        }
      }
      """;

  private static final String SOURCE_OF_RECORD_HOOK =
      """
      package test.plugin;
      import io.longline.api.*;
      import io.longline.zeek.*;
      public class Uids implements RecordHook {
        public Interest interest() {
          return Interest.in("conn").fields("uid");
        }
        public RecordSink open(LogDirectory logs, HookContext context) throws Exception {
          boolean isIll = java.nio.file.Files.exists(logs.path().resolve("ill"));
          var lines = context.output("uids").lines();
          return record -> {
            if (isIll) {
              throw new IllegalStateException("This directory is ill.");
            }
            lines.line(record.string(0));
          };
        }
      }
      """;

  private final Path folder;
  private int version = 1;

  ChaosPlugin(Path folder) {
    this.folder = folder;
  }

  /** The jar of the next version. */
  Path next() throws IOException {
    var number = "1.0." + version++;
    return new PluginJars(folder)
        .jar("chaos-" + number + ".jar")
        .plugin("chaos", number)
        .source(SOURCE_OF_LOG_HOOK)
        .source(SOURCE_OF_RECORD_HOOK)
        .services("LogHook", "test.plugin.Names")
        .services("RecordHook", "test.plugin.Uids")
        .build();
  }

  /** The jar of a plugin beside it, which may be taken out of the work at any time. */
  Path neighbour() throws IOException {
    return new PluginJars(folder)
        .jar("neighbour-1.0.0.jar")
        .plugin("neighbour", "1.0.0")
        .source(PluginJars.logHook("Neighbour", "logs.name();"))
        .services("LogHook", "test.plugin.Neighbour")
        .build();
  }
}
