package io.longline.host.cli;

import io.longline.host.configuration.DeclaredSettings;
import io.longline.host.configuration.LedgerConfiguration;
import io.longline.host.doctor.CheckedFolder;
import io.longline.host.doctor.CheckedFolder.Use;
import io.longline.host.doctor.Diagnosis;
import io.longline.host.doctor.Doctor;
import io.longline.host.event.EventJson;
import io.longline.host.event.PrintableText;
import io.longline.host.ledger.LedgerLocation;
import io.longline.host.settings.SettingReader;
import io.longline.host.settings.SettingSources;
import io.longline.host.settings.SettingsException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longline doctor}: whether a host works here. */
@Command(
    name = "doctor",
    description =
        "Looks at what a host that watches depends on, from Java and disks to the ledger, and says what to do about what will not work. Changes nothing.",
    mixinStandardHelpOptions = true)
final class DoctorCommand extends SettingsCommand {

  @Option(names = "--json", description = "Print a JSON object for each line.")
  private boolean json;

  DoctorCommand(CommandIo io) {
    super(
        io,
        Stream.concat(
                Stream.of(DeclaredSettings.PLUGINS, DeclaredSettings.OUTPUT),
                DeclaredSettings.OF_LEDGER.stream())
            .toList());
  }

  @Override
  int run(SettingSources sources) {
    var reader = new SettingReader(sources);
    reader.goWithoutSecrets();
    var ledger = LedgerConfiguration.readShared(reader);
    var folders = new ArrayList<CheckedFolder>();
    folders.add(
        new CheckedFolder(Use.PLUGINS, reader.get(DeclaredSettings.PLUGINS, io.defaultPlugins())));
    folders.add(
        new CheckedFolder(
            Use.OUTPUT, reader.get(DeclaredSettings.OUTPUT, Path.of("longline-output"))));
    var state = ledger.folder();
    if (state != null) {
      folders.add(new CheckedFolder(Use.STATE, state));
    }
    DeclaredSettings.OF_WATCH.forEach(reader::find);
    var file = sources.file();
    return examine(
        file == null ? "no settings file" : file.path().toString(),
        reader.problems(),
        folders,
        ledger);
  }

  @Override
  int unreadable(SettingsException e) {
    return examine("", e.problems(), List.of(), LedgerLocation.inMemory());
  }

  private int examine(
      String settings, List<String> problems, List<CheckedFolder> folders, LedgerLocation ledger) {
    var all = new ArrayList<>(folders);
    all.add(
        new CheckedFolder(Use.TEMPORARY, Path.of(System.getProperty("java.io.tmpdir", "/tmp"))));
    var found =
        Doctor.of(
                new Doctor.Patient(settings, problems, all, ledger, io.environment()),
                Clock.systemUTC())
            .examine()
            .stream()
            .map(DoctorCommand::withFlags)
            .toList();
    if (json) {
      found.forEach(each -> io.out().println(json(each)));
    } else {
      print(found);
    }
    io.out().flush();
    return code(found);
  }

  private static Diagnosis withFlags(Diagnosis found) {
    return new Diagnosis(
        found.check(),
        found.level(),
        FlagNames.addedTo(found.result()),
        FlagNames.addedTo(found.remedy()));
  }

  private static int code(List<Diagnosis> found) {
    return found.stream()
        .map(Diagnosis::level)
        .max(Diagnosis.Level::compareTo)
        .map(
            worst ->
                switch (worst) {
                  case OK -> ExitCode.OK;
                  case WARNING -> ExitCode.PROBLEMS;
                  case FAULT -> ExitCode.REFUSED;
                })
        .orElse(ExitCode.OK);
  }

  private void print(List<Diagnosis> found) {
    int width = found.stream().mapToInt(each -> each.check().length()).max().orElse(0);
    var line = "%-7s  %-" + width + "s  %s%n";
    for (var each : found) {
      io.out().printf(line, name(each.level()), each.check(), PrintableText.line(each.result()));
      if (!each.remedy().isEmpty()) {
        io.out().printf(line, "", "", PrintableText.line(each.remedy()));
      }
    }
  }

  private static String name(Diagnosis.Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  private static String json(Diagnosis found) {
    @Nullable String remedy = found.remedy().isEmpty() ? null : found.remedy();
    return EventJson.object(
        "diagnosis",
        out -> {
          out.writeStringField("check", found.check());
          out.writeStringField("level", name(found.level()));
          out.writeStringField("result", found.result());
          out.writeStringField("remedy", remedy);
        });
  }
}
