package io.longline.host.cli;

import io.longline.host.event.EventJson;
import io.longline.host.event.PrintableText;
import io.longline.host.plugins.InstalledHook;
import io.longline.host.plugins.InstalledPlugin;
import io.longline.host.plugins.PluginCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longline plugins}: lists the plugins, their hooks, and what is wrong with them. */
@Command(
    name = "plugins",
    description = "Lists the plugins with their hooks, and what is wrong with them.",
    mixinStandardHelpOptions = true)
final class PluginsCommand implements Callable<Integer> {

  private final CommandIo io;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "The plugins folder (default: plugins-dir beside the launcher).")
  private @Nullable Path plugins;

  @Option(names = "--json", description = "Print one JSON object a line for each plugin.")
  private boolean json;

  PluginsCommand(CommandIo io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    var folder = plugins == null ? io.defaultPlugins() : plugins;
    try (var catalog = PluginCatalog.load(folder, PluginCatalog.LOAD_LIMIT)) {
      if (json) {
        catalog.plugins().forEach(plugin -> io.out().println(toJson(plugin)));
      } else {
        print(catalog);
      }
      io.out().flush();
      boolean isGood = catalog.problems().stream().noneMatch(problem -> problem.code().isFatal());
      return isGood ? ExitCode.OK : ExitCode.PROBLEMS;
    } catch (IOException e) {
      io.err().println("longline: " + e.getMessage());
      return ExitCode.REFUSED;
    }
  }

  private void print(PluginCatalog catalog) {
    if (catalog.plugins().isEmpty()) {
      io.out().println("There is no plugin in " + catalog.folder() + ". Drop a plugin's jar in.");
      return;
    }
    var table = new Table("FILE", "ID", "VERSION", "STATE", "HOOKS");
    for (var plugin : catalog.plugins()) {
      table.row(
          plugin.file().getFileName(),
          plugin.id(),
          plugin.version().isEmpty() ? "-" : plugin.version(),
          state(plugin),
          hooks(plugin));
    }
    table.print(io.out());
    for (var problem : catalog.problems()) {
      io.out()
          .printf(
              "%n%s: %s%n",
              PrintableText.line(problem.file().getFileName().toString()), problem.code());
      io.out().printf("  %s%n  %s%n", PrintableText.line(problem.sentence()), problem.remedy());
    }
  }

  private static String state(InstalledPlugin plugin) {
    return plugin.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String hooks(InstalledPlugin plugin) {
    return plugin.hooks().isEmpty()
        ? "-"
        : plugin.hooks().stream()
            .map(hook -> hook.id() + " (" + sites(hook) + ")")
            .collect(Collectors.joining(", "));
  }

  private static String sites(InstalledHook hook) {
    return hook.sites().stream().sorted().map(Enum::name).collect(Collectors.joining(", "));
  }

  private static String toJson(InstalledPlugin plugin) {
    return EventJson.object(
        out -> {
          out.writeStringField("file", plugin.file().toString());
          out.writeStringField("id", plugin.id());
          out.writeStringField("version", plugin.version());
          out.writeStringField("state", plugin.state().name());
          out.writeArrayFieldStart("hooks");
          for (var hook : plugin.hooks()) {
            out.writeStartObject();
            out.writeStringField("id", hook.id());
            out.writeArrayFieldStart("sites");
            for (var site : hook.sites().stream().sorted().toList()) {
              out.writeString(site.name());
            }
            out.writeEndArray();
            out.writeNumberField("max_concurrency", hook.maxConcurrency());
            out.writeEndObject();
          }
          out.writeEndArray();
          SummaryJson.problems(out, "problems", plugin.problems());
        });
  }
}
