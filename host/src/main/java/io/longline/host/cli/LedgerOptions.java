package io.longline.host.cli;

import io.longline.host.ledger.LedgerLocation;
import io.longline.host.ledger.Roots;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where the ledger is. */
final class LedgerOptions {

  private static final String URL_VARIABLE = "LONGLINE_LEDGER";
  private static final String NONE = "none";

  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "The folder of the ledger (default: for run .longline in the output folder, otherwise $XDG_STATE_HOME/longline); for run also \"none\", to keep none.")
  private @Nullable String state;

  @Option(
      names = "--ledger",
      paramLabel = "URL",
      description =
          "A ledger that several machines share: jdbc:postgresql://HOST/DATABASE (default: $LONGLINE_LEDGER).")
  private @Nullable String url;

  @Option(
      names = "--root",
      paramLabel = "NAME=DIR",
      description =
          "Names a folder that machines on one ledger have mounted at different places: directories below it are recorded by its name. May be given several times.")
  private Map<String, Path> roots = new LinkedHashMap<>();

  /** The ledger that is named, or this one. */
  LedgerLocation orElse(CommandIo io, LedgerLocation other) {
    return named(io, other).withRoots(roots());
  }

  private Roots roots() {
    var real = new LinkedHashMap<String, Path>();
    for (var root : roots.entrySet()) {
      if (!root.getKey().matches("[A-Za-z0-9_.-]+")) {
        throw new CommandLine.ParameterException(
            spec.commandLine(),
            "--root " + root.getKey() + ": a name has letters, digits, '.', '_' and '-'.");
      }
      try {
        real.put(root.getKey(), root.getValue().toRealPath());
      } catch (IOException e) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "--root: there is no folder " + root.getValue() + ".", e);
      }
    }
    return new Roots(real);
  }

  private LedgerLocation named(CommandIo io, LedgerLocation other) {
    var variable = io.environment().get(URL_VARIABLE);
    if (state != null && url != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--state and --ledger name two ledgers; give one of them.");
    }
    if (state != null) {
      return state.equals(NONE) ? LedgerLocation.inMemory() : LedgerLocation.in(Path.of(state));
    }
    var found = url != null ? url : variable;
    if (found == null || found.isBlank()) {
      return other;
    }
    try {
      return LedgerLocation.at(found);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), (url != null ? "--ledger: " : URL_VARIABLE + ": ") + e.getMessage());
    }
  }

  /** The ledger that is named, or that of the user; never one in memory. */
  LedgerLocation orUsers(CommandIo io) {
    var home = io.environment().get("XDG_STATE_HOME");
    var base =
        home == null || home.isBlank()
            ? Path.of(io.environment().getOrDefault("HOME", "."), ".local", "state")
            : Path.of(home);
    var location = orElse(io, LedgerLocation.in(base.resolve("longline")));
    if (location.isInMemory()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--state none is for run only: other processes cannot see it.");
    }
    return location;
  }
}
