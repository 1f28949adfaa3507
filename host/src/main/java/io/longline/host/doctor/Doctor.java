package io.longline.host.doctor;

import io.longline.host.ledger.LedgerLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks at everything that a host depends on. Confined to one thread.
 *
 * <p>It changes nothing, and a check that breaks does not keep the others from being made.
 */
public final class Doctor {

  private static final Path PROC = Path.of("/proc/self");
  private static final Duration LEDGER_LIMIT = Duration.ofSeconds(20);

  private final List<Check> checks;

  private Doctor(List<Check> checks) {
    this.checks = checks;
  }

  /**
   * The folders and settings of a host that the checks look at. Immutable.
   *
   * @param settings the settings file, for people
   * @param problems what is wrong with the settings, each as a sentence
   * @param folders the folders; none if the settings cannot be read
   * @param ledger the ledger; one in memory if the settings cannot be read
   * @param environment the environment variables
   */
  public record Patient(
      String settings,
      List<String> problems,
      List<CheckedFolder> folders,
      LedgerLocation ledger,
      Map<String, String> environment) {

    /** Makes copies. */
    public Patient {
      problems = List.copyOf(problems);
      folders = List.copyOf(folders);
      environment = Map.copyOf(environment);
    }
  }

  /** Looks at this machine and at a host on it. */
  public static Doctor of(Patient patient, Clock clock) {
    // It watches the clock from now on.
    var watchedClock = new ClockCheck(clock, System::nanoTime, Path.of("/run/systemd/timesync"));
    var properties = properties();
    var checks = new ArrayList<Check>();
    checks.add(new JavaCheck(properties, modules()));
    checks.add(new LocaleCheck(properties, patient.environment()));
    checks.add(new LimitsCheck(PROC.resolve("limits")));
    checks.add(new SettingsCheck(patient.settings(), patient.problems()));
    var trusted = trusted(patient.folders());
    for (var folder : patient.folders()) {
      checks.add(new FolderCheck(folder, trusted));
      checks.add(new DiskCheck(folder, PROC.resolve("mountinfo")));
      checks.add(new SpaceCheck(folder, SpaceCheck.Room::of));
      if (folder.use() == CheckedFolder.Use.PLUGINS) {
        checks.add(new PluginsCheck(folder.path()));
      }
    }
    checks.add(new LedgerCheck(patient.ledger(), clock, LEDGER_LIMIT));
    checks.add(watchedClock);
    return new Doctor(checks);
  }

  /** Root, this user, and the user of the host, to whom the ledger belongs. */
  private static Set<String> trusted(List<CheckedFolder> folders) {
    var users = new HashSet<>(List.of("root"));
    addOwner(users, PROC);
    folders.stream()
        .filter(folder -> folder.use() == CheckedFolder.Use.STATE)
        .forEach(folder -> addOwner(users, folder.path()));
    return users;
  }

  private static void addOwner(Set<String> users, Path path) {
    try {
      users.add(Files.getOwner(path).getName());
    } catch (IOException e) {
      // It is not there.
    }
  }

  private static Map<String, String> properties() {
    var properties = new HashMap<String, String>();
    for (var name : System.getProperties().stringPropertyNames()) {
      properties.put(name, System.getProperty(name, ""));
    }
    return properties;
  }

  private static Set<String> modules() {
    return ModuleLayer.boot().modules().stream().map(Module::getName).collect(Collectors.toSet());
  }

  /** Makes all checks, and returns what they have found. */
  public List<Diagnosis> examine() {
    var found = new ArrayList<Diagnosis>();
    for (var check : checks) {
      found.addAll(made(check));
    }
    return found;
  }

  private static List<Diagnosis> made(Check check) {
    try {
      return check.make();
    } catch (RuntimeException e) {
      return List.of(
          Diagnosis.fault(check.name(), "the check itself failed: " + e, "Report this, please."));
    }
  }
}
