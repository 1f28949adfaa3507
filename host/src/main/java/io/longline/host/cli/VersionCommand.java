package io.longline.host.cli;

import io.longline.host.app.ProgramVersion;
import io.longline.host.event.EventJson;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longline version}: the versions of the program and of what it runs on. */
@Command(
    name = "version",
    description = "Shows the versions of the program, of its formats, of Java and of the system.",
    mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {

  private final CommandIo io;

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  VersionCommand(CommandIo io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    var version = ProgramVersion.current();
    if (json) {
      io.out().println(json(version));
    } else {
      print(version);
    }
    io.out().flush();
    return ExitCode.OK;
  }

  private void print(ProgramVersion version) {
    io.out().println("longline " + version.program());
    io.out().println();
    var table = new Table("OF", "VERSION");
    table.row("commit", version.commit().orElse("unknown"));
    table.row("plugin-api", version.api());
    table.row("tables of the ledger", version.ledgerTables());
    table.row("protocol of processes", version.processProtocol());
    table.row("Java", property("java.version") + " (" + property("java.vendor") + ")");
    table.row("Java's folder", property("java.home"));
    table.row(
        "system",
        property("os.name") + " " + property("os.version") + " (" + property("os.arch") + ")");
    table.print(io.out());
  }

  private static String json(ProgramVersion version) {
    return EventJson.object(
        "version",
        out -> {
          out.writeStringField("version", version.program());
          out.writeStringField("commit", version.commit().orElse(null));
          out.writeStringField("plugin_api", version.api());
          out.writeNumberField("ledger_tables", version.ledgerTables());
          out.writeNumberField("process_protocol", version.processProtocol());
          out.writeStringField("java", property("java.version"));
          out.writeStringField("java_vendor", property("java.vendor"));
          out.writeStringField("java_home", property("java.home"));
          out.writeStringField("os", property("os.name"));
          out.writeStringField("os_version", property("os.version"));
          out.writeStringField("architecture", property("os.arch"));
        });
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
