package io.longline.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.longline.host.event.EventJson;
import io.longline.host.event.PrintableText;
import io.longline.host.plugins.JarVerifier;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline plugins verify}: inspects jars without running any of their code. */
@Command(
    name = "verify",
    description =
        "Inspects jars without running any of their code, and reports what would go wrong (docs/plugin-problems.md).",
    mixinStandardHelpOptions = true)
final class PluginVerifyCommand implements Callable<Integer> {

  private final CommandIo io;

  @Parameters(paramLabel = "JAR", arity = "1..*", description = "The jars.")
  private List<Path> jars = List.of();

  @Option(names = "--json", description = "Print one JSON object per line for each jar.")
  private boolean json;

  private PluginVerifyCommand(CommandIo io) {
    this.io = io;
  }

  static CommandLine commandLine(CommandIo io) {
    return new CommandLine(new PluginVerifyCommand(io));
  }

  @Override
  public Integer call() {
    boolean isBad = false;
    for (var jar : jars) {
      var report = JarVerifier.verify(jar.toAbsolutePath());
      isBad |= report.isBad();
      if (json) {
        io.out().println(json(jar, report));
      } else {
        print(io.out(), jar, report);
      }
    }
    io.out().flush();
    return isBad ? ExitCode.PROBLEMS : ExitCode.OK;
  }

  private static String json(Path jar, JarVerifier.Report report) {
    return EventJson.object(out -> members(out, jar, report));
  }

  /** Writes what was found in a jar. */
  static void members(JsonGenerator out, Path jar, JarVerifier.Report report) throws IOException {
    out.writeStringField("file", jar.toString());
    out.writeStringField("id", report.id());
    out.writeStringField("version", report.version());
    out.writeBooleanField("good", !report.isBad());
    SummaryJson.problems(out, "findings", report.findings());
  }

  /** Prints the findings in a jar. */
  static void print(PrintStream out, Path jar, JarVerifier.Report report) {
    out.printf(
        "%s: %s %s: %s%n",
        PrintableText.line(jar.toString()),
        PrintableText.line(report.id()),
        report.version(),
        report.findings().isEmpty() ? "good" : report.isBad() ? "bad" : "good, with notes");
    for (var finding : report.findings()) {
      out.printf(
          "  %s%s: %s%n    %s%n",
          finding.code(),
          finding.code().isFatal() ? "" : " (a note)",
          finding.sentence(),
          finding.remedy());
    }
  }
}
