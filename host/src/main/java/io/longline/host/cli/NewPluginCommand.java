package io.longline.host.cli;

import io.longline.host.event.EventJson;
import io.longline.host.event.PrintableText;
import io.longline.host.event.ShellWord;
import io.longline.host.project.AuthorRepository;
import io.longline.host.project.PluginName;
import io.longline.host.project.PluginProject;
import io.longline.host.project.ProjectException;
import io.longline.host.project.ProjectFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longline new-plugin}: writes the Maven project of a new plugin. */
@Command(
    name = "new-plugin",
    description =
        "Writes a Maven project with a hook that reads a log, its test and a README, into the folder NAME.",
    mixinStandardHelpOptions = true)
final class NewPluginCommand implements Callable<Integer> {

  private final CommandIo io;

  @CommandLine.Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "NAME",
      description = "The name of the plugin, such as dns-queries; its class is DnsQueries then.")
  private String name = "";

  @Option(
      names = "--log",
      paramLabel = "LOG",
      description =
          "The log that the hook reads, such as conn. By default dns; ssh for a hook with windows.")
  private @Nullable String log;

  @ArgGroup private SiteOption sites = new SiteOption();

  /** One of the two, since a hook with windows writes its totals there. */
  static final class SiteOption {

    @Option(names = "--exit", description = "Have the hook called at EXIT too.")
    private boolean isExitHook;

    @Option(
        names = "--window",
        description = "Have the hook count by day, in windows of the time of the records.")
    private boolean isWindowHook;

    PluginProject.More more() {
      if (isWindowHook) {
        return PluginProject.More.WINDOWS;
      }
      return isExitHook ? PluginProject.More.EXIT : PluginProject.More.NONE;
    }
  }

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "The package of the class. By default org.example.NAME, without hyphens.")
  private @Nullable String packageName;

  @Option(
      names = "--into",
      paramLabel = "FOLDER",
      description = "Where to create the folder NAME. By default here.")
  private Path into = Path.of("");

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  NewPluginCommand(CommandIo io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    var project = project();
    try {
      var repository = AuthorRepository.in(io.home());
      var folder = ProjectFolder.at(into.resolve(name));
      var files = project.files(repository);
      folder.write(files);
      report(project, repository, folder.path(), files.keySet());
      return ExitCode.OK;
    } catch (ProjectException e) {
      return refuse(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return refuse("The project cannot be written to " + into.resolve(name) + ": " + e);
    }
  }

  /** What is asked for, checked before anything is touched. */
  private PluginProject project() {
    try {
      var plugin = PluginName.of(name);
      var chosen = packageName == null ? plugin.defaultPackage() : packageName;
      var more = sites.more();
      return PluginProject.of(plugin, chosen, log == null ? more.usualLog() : log, more);
    } catch (ProjectException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private int refuse(String sentence) {
    io.err().println("longline: " + PrintableText.line(sentence));
    return ExitCode.REFUSED;
  }

  private void report(
      PluginProject project, AuthorRepository repository, Path folder, Collection<String> files) {
    if (json) {
      io.out().println(toJson(project, repository, folder, files));
    } else {
      project.unknownLog().ifPresent(io.out()::println);
      io.out().println("Wrote " + PrintableText.line(folder.toString()) + ":");
      files.forEach(file -> io.out().println("  " + file));
      io.out().println();
      io.out().println("Build and install it:");
      io.out().println("  cd " + PrintableText.line(ShellWord.of(into.resolve(name).toString())));
      io.out().println("  mvn verify");
      io.out().println("  longline plugins install target/" + name + "-1.0.0.jar");
    }
    io.out().flush();
  }

  private static String toJson(
      PluginProject project, AuthorRepository repository, Path folder, Collection<String> files) {
    return EventJson.object(
        "project",
        out -> {
          out.writeStringField("plugin", project.name().id());
          out.writeStringField("folder", folder.toString());
          out.writeStringField("class", project.hookClass());
          out.writeStringField("log", project.log());
          out.writeBooleanField("log_known", project.unknownLog().isEmpty());
          out.writeStringField("output", project.name().output());
          out.writeArrayFieldStart("files");
          for (var file : files) {
            out.writeString(file);
          }
          out.writeEndArray();
          out.writeStringField("repository", repository.url());
          out.writeStringField("api_version", repository.apiVersion());
        });
  }
}
