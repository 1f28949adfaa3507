package io.longline.host.cli;

import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.event.PrintableText;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.Roots;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingSpec;
import io.longline.host.settings.SettingType;
import io.longline.host.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A command that has settings: from flags, the environment, the settings file, or by default. */
abstract class SettingsCommand implements Callable<Integer> {

  final CommandIo io;

  @CommandLine.Spec CommandSpec spec = CommandSpec.create();

  private final SettingOptions options;

  SettingsCommand(CommandIo io, List<SettingSpec<?>> settings) {
    this.io = io;
    this.options = new SettingOptions(settings);
  }

  /** Gives a command the options of its settings; to be called once. */
  final void addOptions(CommandSpec command) {
    options.addTo(command);
  }

  /** Does the work; returns the exit code. */
  abstract int run(SettingSources sources) throws SettingsException, InterruptedException;

  @Override
  public final Integer call() throws InterruptedException {
    try {
      var sources = options.sources(io, spec);
      options.unknownVariables(io).forEach(this::complain);
      return run(sources);
    } catch (SettingsException e) {
      e.problems().forEach(this::complain);
      return ExitCode.USAGE;
    }
  }

  final void complain(String sentence) {
    io.err().println("longline: " + PrintableText.line(sentence));
  }

  /** A wrong use of the command. */
  final CommandLine.ParameterException misuse(String sentence) {
    return new CommandLine.ParameterException(spec.commandLine(), sentence);
  }

  /** A duration of an option that is no setting. */
  final Duration duration(String option, String text) {
    try {
      return SettingType.duration(text);
    } catch (IllegalArgumentException e) {
      throw misuse(
          option + " is \"" + text + "\"; write a number with ms, s, m, h or d, such as 30s.");
    }
  }

  /**
   * The ledger that the settings name, or this one. The folder and the URL exclude each other; of
   * two that come from different places, the one counts that is nearer to the command.
   */
  final LedgerLocation ledger(SettingSources sources, SettingReader reader, LedgerLocation other) {
    var state = sources.find(DeclaredSettings.STATE);
    var url = sources.find(DeclaredSettings.LEDGER);
    var roots = roots(reader);
    if (state != null && url != null && state.source() == url.source()) {
      throw misuse(state.place() + " and " + url.place() + " name two ledgers; give one of them.");
    }
    if (url != null && (state == null || url.source().compareTo(state.source()) < 0)) {
      return reader.get(DeclaredSettings.LEDGER, other).withRoots(roots);
    }
    if (state == null) {
      return other.withRoots(roots);
    }
    if (state.text().equals(DeclaredSettings.NO_STATE)) {
      return LedgerLocation.inMemory().withRoots(roots);
    }
    var folder = reader.find(DeclaredSettings.STATE);
    return (folder == null ? other : LedgerLocation.in(folder)).withRoots(roots);
  }

  private static Roots roots(SettingReader reader) {
    var roots = new LinkedHashMap<String, Path>();
    for (var root : reader.get(DeclaredSettings.ROOTS, List.of())) {
      int equals = root.indexOf('=');
      var folder = root.substring(equals + 1);
      try {
        roots.put(root.substring(0, equals), Path.of(folder).toRealPath());
      } catch (IOException e) {
        reader.problem("--root: there is no folder " + folder + ".");
      }
    }
    return new Roots(roots);
  }

  /** The ledger that the settings name, or that of the user; never one in memory. */
  final LedgerLocation usersLedger(SettingSources sources, SettingReader reader) {
    var home = io.environment().getOrDefault("XDG_STATE_HOME", "");
    var base =
        home.isBlank()
            ? Path.of(io.environment().getOrDefault("HOME", "."), ".local", "state")
            : Path.of(home);
    var location = ledger(sources, reader, LedgerLocation.in(base.resolve("longline")));
    if (location.isInMemory()) {
      throw misuse("--state none is for run only: other processes cannot see it.");
    }
    return location;
  }
}
