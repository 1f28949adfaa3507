package io.longline.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.api.ApiVersion;
import io.longline.host.cli.cut.CutCommand;
import io.longline.host.cli.cut.CutStreams;
import io.longline.host.cli.pages.PagesCommand;
import io.longline.host.event.PrintableText;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program's commands. */
@Command(
    name = "longline",
    description = "Runs plugin hooks over directories of Zeek logs.",
    mixinStandardHelpOptions = true,
    versionProvider = LonglineCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 all done; 1 finished with problems; 2 wrong usage or nothing to",
      "do; 3 refused before starting; 130, 143 ended by SIGINT, SIGTERM."
    })
public final class LonglineCommand implements Runnable {

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(
      names = {"-v", "--verbose"},
      scope = CommandLine.ScopeType.INHERIT,
      description = "Log what is done, not only problems.")
  @SuppressWarnings("UnusedVariable") // CommandIo has read it before anything was logged.
  private boolean verbose;

  private LonglineCommand() {}

  /** Runs a command line; returns its exit code. */
  public static int run(String[] args, CommandIo io) {
    var commandLine = commandLine(args, io);
    return io.end(commandLine.execute(args));
  }

  /** The commands among which these arguments choose. */
  static CommandLine commandLine(String[] args, CommandIo io) {
    var commandLine = new CommandLine(new LonglineCommand());
    var commands = commands(io);
    var named = args.length == 0 ? null : commands.get(args[0]);
    if (named != null) {
      // The others would only cost time: picocli inspects each by reflection.
      commandLine.addSubcommand(args[0], named.get());
    } else {
      commands.forEach((name, command) -> commandLine.addSubcommand(name, command.get()));
      commandLine.addSubcommand("help", new HelpCommand());
    }
    commandLine
        .setOut(new PrintWriter(io.out(), true, UTF_8))
        .setErr(new PrintWriter(io.err(), true, UTF_8));
    addSettings(commandLine);
    CommandExamples.addTo(commandLine);
    commandLine.setParameterExceptionHandler(LonglineCommand::explain);
    return commandLine;
  }

  private static Map<String, Supplier<Object>> commands(CommandIo io) {
    var commands = new LinkedHashMap<String, Supplier<Object>>();
    commands.put("run", () -> new RunCommand(io));
    commands.put("watch", () -> new WatchCommand(io));
    commands.put("enqueue", () -> new EnqueueCommand(io));
    commands.put("rotated", () -> new RotatedCommand(io));
    commands.put("status", () -> new StatusCommand(io));
    commands.put("warnings", () -> new WarningsCommand(io));
    commands.put("dead", () -> DeadCommand.commandLine(io));
    commands.put("windows", () -> WindowsCommand.commandLine(io));
    commands.put("report", () -> new ReportCommand(io));
    commands.put("replay", () -> new ReplayCommand(io));
    commands.put("forget", () -> new ForgetCommand(io));
    commands.put("prune", () -> new PruneCommand(io));
    commands.put("plugins", () -> PluginsCommand.commandLine(io));
    commands.put("new-plugin", () -> new NewPluginCommand(io));
    commands.put("config", () -> ConfigCommand.commandLine(io));
    commands.put("doctor", () -> new DoctorCommand(io));
    commands.put("version", () -> new VersionCommand(io));
    commands.put("cut", () -> CutCommand.commandLine(cutStreams(io)));
    commands.put("generate-pages", () -> new PagesCommand(() -> commandLine(new String[0], io)));
    return commands;
  }

  private static CutStreams cutStreams(CommandIo io) {
    return new CutStreams(
        io.in(),
        io.throwingOut(),
        sentence -> io.err().println("longline: " + PrintableText.line(sentence)),
        io.environment());
  }

  /** Gives the commands the options of their settings. */
  private static void addSettings(CommandLine commandLine) {
    if (commandLine.getCommand() instanceof SettingsCommand command) {
      command.addOptions(commandLine.getCommandSpec());
    }
    commandLine.getSubcommands().values().forEach(LonglineCommand::addSettings);
  }

  /** One sentence and where to find more, in place of the whole usage text. */
  private static int explain(CommandLine.ParameterException e, String[] args) {
    var usage = new WrongUsage(e, args);
    var err = e.getCommandLine().getErr();
    err.println("longline: " + PrintableText.line(usage.sentence()));
    err.println(usage.reference());
    return ExitCode.USAGE;
  }

  /** Without a command. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "Name a command: " + String.join(", ", spec.subcommands().keySet()) + ".");
  }

  /** The version of the program, which is that of the API. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"longline " + ApiVersion.current()};
    }
  }
}
