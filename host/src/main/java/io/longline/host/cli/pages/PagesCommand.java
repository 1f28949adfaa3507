package io.longline.host.cli.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.api.ApiVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code longline generate-pages}: writes the manual pages and the completion for bash and zsh of
 * all commands; for who packages the program. What a crash leaves is written again by the next
 * call.
 */
@Command(
    name = "generate-pages",
    description = "Writes the manual pages, and the completion for bash and zsh.",
    hidden = true,
    mixinStandardHelpOptions = true)
public final class PagesCommand implements Callable<Integer> {

  private final Supplier<CommandLine> program;

  @Parameters(paramLabel = "DIR", description = "The folder, such as share in a distribution.")
  private Path folder = Path.of(".");

  /**
   * The command.
   *
   * @param program makes the command line with all commands
   */
  public PagesCommand(Supplier<CommandLine> program) {
    this.program = program;
  }

  @Override
  public Integer call() throws IOException {
    var commandLine = program.get();
    write(commandLine, Files.createDirectories(folder.resolve("man/man1")));
    var bash = AutoComplete.bash("longline", commandLine).replaceAll("(?m)^(#!|# Date: ).*\n", "");
    write("bash-completion/completions/longline", bash);
    // zsh runs functions of bash, and so the same text.
    write(
        "zsh/site-functions/_longline",
        "#compdef longline\nautoload -Uz bashcompinit && bashcompinit\n" + bash);
    return 0;
  }

  private void write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, UTF_8);
  }

  private static void write(CommandLine command, Path pages) throws IOException {
    Files.writeString(
        pages.resolve(ManPage.name(command.getCommandSpec()) + ".1"),
        ManPage.of(command, ApiVersion.current()),
        UTF_8);
    for (var each : ManPage.visibleCommands(command)) {
      write(each, pages);
    }
  }
}
