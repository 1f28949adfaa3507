package io.longline.host.cli;

import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.event.PrintableText;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingSpec;
import io.longline.host.settings.SettingType;
import io.longline.host.settings.SettingsException;
import io.longline.host.settings.WrittenValue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A command with settings: from flags, the environment, the settings file, or by default. */
abstract class SettingsCommand implements Callable<Integer> {

  final CommandIo io;

  @CommandLine.Spec CommandSpec spec = CommandSpec.create();

  private final SettingOptions options;

  SettingsCommand(CommandIo io, List<SettingSpec<?>> settings) {
    this.io = io;
    this.options = new SettingOptions(settings);
  }

  /** Gives a command the options of its settings; called once. */
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
      warnOfPassword(sources);
      return run(sources);
    } catch (SettingsException e) {
      return unreadable(e);
    }
  }

  /** What is done if the settings are wrong; returns the exit code. */
  int unreadable(SettingsException e) {
    e.problems().forEach(this::complain);
    return ExitCode.USAGE;
  }

  private void warnOfPassword(SettingSources sources) {
    var ledger = sources.find(DeclaredSettings.LEDGER);
    if (ledger != null
        && ledger.source() == WrittenValue.Source.FLAG
        && LedgerLocation.hasPassword(ledger.text())) {
      complain(
          ledger.where()
              + " has a password, which every user of this machine can see on the command line. Write it into a file that only you may read, and name that in the setting ledger-password-file, or write it into ~/.pgpass.");
    }
  }

  final void complain(String sentence) {
    io.err().println("longline: " + PrintableText.line(FlagNames.addedTo(sentence)));
  }

  /** A wrong use of the command. */
  final CommandLine.ParameterException misuse(String sentence) {
    return new CommandLine.ParameterException(spec.commandLine(), sentence);
  }

  /** A duration in an option that is not a setting. */
  final Duration duration(String option, String text) {
    try {
      return SettingType.duration(text);
    } catch (IllegalArgumentException e) {
      throw misuse(
          option + " is \"" + text + "\"; write a number with ms, s, m, h or d, such as 30s.");
    }
  }
}
