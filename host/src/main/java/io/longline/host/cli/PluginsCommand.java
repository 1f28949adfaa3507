package io.longline.host.cli;

import io.longline.api.Hook;
import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.configuration.PluginConfiguration;
import io.longline.host.configuration.TrustSettings;
import io.longline.host.event.EventJson;
import io.longline.host.event.PrintableText;
import io.longline.host.plugins.InstalledHook;
import io.longline.host.plugins.InstalledPlugin;
import io.longline.host.plugins.PluginCatalog;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingsException;
import io.longline.host.trust.FolderTrust;
import io.longline.zeek.NearestName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code longline plugins}: lists the plugins with their hooks and problems, or the settings of one
 * plugin.
 */
@Command(
    name = "plugins",
    description =
        "Lists the plugins with their hooks and problems; for one plugin also its settings.",
    mixinStandardHelpOptions = true)
final class PluginsCommand extends SettingsCommand {

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "A plugin, to show it with its settings.")
  private @Nullable String id;

  @Option(names = "--json", description = "Print one JSON object per line for each plugin.")
  private boolean json;

  private PluginsCommand(CommandIo io) {
    super(
        io,
        Stream.concat(TrustCommand.SETTINGS.stream(), DeclaredSettings.OF_LEDGER.stream())
            .toList());
  }

  static CommandLine commandLine(CommandIo io) {
    return new CommandLine(new PluginsCommand(io))
        .addSubcommand("verify", PluginVerifyCommand.commandLine(io))
        .addSubcommand("install", PluginInstallCommand.commandLine(io))
        .addSubcommand("search", PluginSearchCommand.commandLine(io))
        .addSubcommand("info", PluginInfoCommand.commandLine(io))
        .addSubcommand("outdated", PluginUpgradeCommand.commandLine(io, false))
        .addSubcommand("upgrade", PluginUpgradeCommand.commandLine(io, true))
        .addSubcommand("index", PluginIndexCommand.commandLine(io))
        .addSubcommand("bundle", PluginBundleCommand.commandLine(io))
        .addSubcommand("unbundle", PluginUnbundleCommand.commandLine(io))
        .addSubcommand("lock", PluginLockCommand.commandLine(io))
        .addSubcommand("pin", PluginPinCommand.commandLine(io, true))
        .addSubcommand("unpin", PluginPinCommand.commandLine(io, false))
        .addSubcommand("remove", PluginRemoveCommand.commandLine(io))
        .addSubcommand("resume", PluginResumeCommand.commandLine(io))
        .addSubcommand("enable", PluginSwitchCommand.commandLine(io, true))
        .addSubcommand("disable", PluginSwitchCommand.commandLine(io, false));
  }

  @Override
  int run(SettingSources sources) throws SettingsException {
    var reader = new SettingReader(sources);
    var folder = reader.get(DeclaredSettings.PLUGINS, io.defaultPlugins());
    var trust = TrustSettings.read(reader);
    reader.check();
    var disabled = DisabledPlugins.find(sources, this::complain);
    try (var catalog = PluginCatalog.load(folder, trust, PluginCatalog.LOAD_LIMIT)) {
      var named = id;
      if (named != null) {
        return show(catalog, named, sources, disabled);
      }
      var known = trust.in(catalog.folder());
      if (json) {
        catalog.plugins().forEach(plugin -> io.out().println(toJson(plugin, disabled, known)));
      } else {
        print(catalog, disabled, known);
      }
      io.out().flush();
      boolean isGood = catalog.problems().stream().noneMatch(problem -> problem.code().isFatal());
      return isGood ? ExitCode.OK : ExitCode.PROBLEMS;
    } catch (IOException e) {
      complain(String.valueOf(e.getMessage()));
      return ExitCode.REFUSED;
    }
  }

  private int show(
      PluginCatalog catalog, String named, SettingSources sources, List<String> disabled) {
    var found =
        catalog.plugins().stream()
            .filter(each -> each.id().equalsIgnoreCase(named))
            .min(Comparator.comparing(InstalledPlugin::state));
    if (found.isEmpty()) {
      var ids = catalog.plugins().stream().map(InstalledPlugin::id).distinct().toList();
      var words = new ArrayList<>(ids);
      words.addAll(spec.subcommands().keySet());
      complain(
          "There is no plugin %s in %s.%s There are: %s."
              .formatted(
                  named,
                  catalog.folder(),
                  NearestName.question(named, words),
                  String.join(", ", ids)));
      return ExitCode.USAGE;
    }
    var plugin = found.get();
    var settings =
        ShownSetting.of(plugin, sources, new ComputedDefaults(sources, io.defaultPlugins()));
    if (json) {
      settings.forEach(setting -> io.out().println(setting.json()));
    } else {
      io.out()
          .printf(
              "%s %s (%s), %s%nhooks: %s%n%n",
              plugin.id(), plugin.version(), plugin.file(), state(plugin, disabled), hooks(plugin));
      var table = new Table("SETTING", "VALUE", "FROM", "WRITE", "WHAT IT DOES");
      for (var setting : settings) {
        table.row(
            setting.key(),
            PrintableText.line(setting.value()),
            setting.from(),
            setting.expected(),
            setting.description());
      }
      table.print(io.out());
      problems(plugin);
    }
    return check(plugin, catalog, sources) ? ExitCode.OK : ExitCode.PROBLEMS;
  }

  /** Reports what is wrong with a plugin's settings; whether it can be used. */
  private boolean check(InstalledPlugin plugin, PluginCatalog catalog, SettingSources sources) {
    var reader = new SettingReader(sources);
    PluginConfiguration.of(plugin.hooks(), catalog, reader);
    reader.problems().forEach(this::complain);
    return reader.problems().isEmpty()
        && plugin.problems().stream().noneMatch(problem -> problem.code().isFatal());
  }

  private void print(PluginCatalog catalog, List<String> disabled, FolderTrust trust) {
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
          state(plugin, disabled),
          hooks(plugin));
    }
    table.print(io.out());
    if (ShownTrust.isWorthShowing(trust)) {
      printTrust(catalog, trust);
    }
    catalog.plugins().forEach(this::problems);
  }

  private void printTrust(PluginCatalog catalog, FolderTrust trust) {
    io.out().printf("%nplugins.trust is %s%n", trust.policy().word());
    var table = new Table("FILE", "LOCK AND SIGNATURE");
    for (var plugin : catalog.plugins()) {
      table.row(
          plugin.file().getFileName(), ShownTrust.of(trust, plugin.file(), plugin.id()).text());
    }
    table.print(io.out());
  }

  private void problems(InstalledPlugin plugin) {
    for (var problem : plugin.problems()) {
      io.out()
          .printf(
              "%n%s: %s%n",
              PrintableText.line(problem.file().getFileName().toString()), problem.code());
      io.out().printf("  %s%n  %s%n", problem.sentence(), TrustHints.remedy(problem));
    }
  }

  private static String state(InstalledPlugin plugin, List<String> disabled) {
    return plugin.state().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + (disabled.contains(plugin.id()) ? ", disabled" : "");
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

  private static String toJson(InstalledPlugin plugin, List<String> disabled, FolderTrust trust) {
    return EventJson.object(
        "jar",
        out -> {
          out.writeStringField("file", plugin.file().toString());
          out.writeStringField("id", plugin.id());
          out.writeStringField("version", plugin.version());
          out.writeStringField("state", plugin.state().name());
          out.writeBooleanField("disabled", disabled.contains(plugin.id()));
          out.writeArrayFieldStart("hooks");
          for (var hook : plugin.hooks()) {
            out.writeStartObject();
            out.writeStringField("id", hook.id());
            out.writeArrayFieldStart("sites");
            for (var site : hook.sites().stream().sorted().toList()) {
              out.writeString(site.name());
            }
            out.writeEndArray();
            if (hook.maxConcurrency() == Hook.UNLIMITED) {
              out.writeNullField("max_concurrency");
            } else {
              out.writeNumberField("max_concurrency", hook.maxConcurrency());
            }
            out.writeEndObject();
          }
          out.writeEndArray();
          ShownTrust.of(trust, plugin.file(), plugin.id()).writeTo(out);
          SummaryJson.problems(out, "problems", plugin.problems());
        });
  }
}
