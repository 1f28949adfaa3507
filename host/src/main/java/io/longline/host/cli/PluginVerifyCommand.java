package io.longline.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.longline.host.event.EventJson;
import io.longline.host.event.PrintableText;
import io.longline.host.plugins.JarVerifier;
import io.longline.host.plugins.PluginFolder;
import io.longline.host.plugins.TrustCheck;
import io.longline.host.settings.SettingReader;
import io.longline.host.trust.PluginTrust;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
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
final class PluginVerifyCommand extends TrustCommand {

  @Parameters(paramLabel = "JAR", arity = "1..*", description = "The jars.")
  private List<Path> jars = List.of();

  @Option(names = "--json", description = "Print one JSON object per line for each jar.")
  private boolean json;

  private PluginVerifyCommand(CommandIo io) {
    super(io);
  }

  static CommandLine commandLine(CommandIo io) {
    return new CommandLine(new PluginVerifyCommand(io));
  }

  @Override
  int run(PluginFolder folder, PluginTrust trust, SettingReader reader) throws IOException {
    boolean isBad = false;
    var known = trust.in(folder.path());
    for (var jar : jars) {
      var report = JarVerifier.verify(jar.toAbsolutePath(), new TrustCheck(folder.path(), known));
      isBad |= report.isBad();
      var shown = ShownTrust.of(known, jar.toAbsolutePath(), report.id());
      if (json) {
        io.out().println(json(jar, report, shown));
      } else {
        print(io.out(), jar, report);
        if (ShownTrust.isWorthShowing(known)) {
          io.out().println("  " + shown.text());
        }
      }
    }
    return isBad ? ExitCode.PROBLEMS : ExitCode.OK;
  }

  private static String json(Path jar, JarVerifier.Report report, ShownTrust trust) {
    return EventJson.object(
        "verified",
        out -> {
          members(out, jar, report);
          trust.writeTo(out);
        });
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
          TrustHints.remedy(finding));
    }
  }
}
