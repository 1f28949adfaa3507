package io.longline.host.doctor;

import io.longline.host.plugins.JarVerifier;
import io.longline.host.plugins.PluginFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the jars of the plugins folder would load; nothing of them is run. Immutable.
 *
 * @param folder the plugins folder
 */
record PluginsCheck(Path folder) implements Check {

  private static final int MAX_JARS = 500;

  @Override
  public String name() {
    return "plugins";
  }

  @Override
  public List<Diagnosis> make() {
    List<Path> jars;
    try (var files = Files.list(folder)) {
      jars =
          files
              .filter(PluginFolder::isNamedAsJar)
              .filter(Files::isRegularFile)
              .sorted()
              .limit(MAX_JARS)
              .toList();
    } catch (IOException e) {
      // The check of the folder says so.
      return List.of();
    }
    if (jars.isEmpty()) {
      return List.of(
          Diagnosis.fault(
              name(),
              "there is none in " + folder,
              "Put the jar of a plugin there, or name another folder in the setting plugins-dir."));
    }
    var found = new ArrayList<Diagnosis>();
    for (var jar : jars) {
      var report = JarVerifier.verify(jar);
      if (report.isBad()) {
        found.add(bad(jar, report));
      }
    }
    int good = jars.size() - found.size();
    found.add(0, Diagnosis.ok(name(), good == 1 ? "1 jar is good" : good + " jars are good"));
    return found;
  }

  private Diagnosis bad(Path jar, JarVerifier.Report report) {
    var worst =
        report.findings().stream()
            .filter(finding -> finding.code().isFatal())
            .findFirst()
            .orElseThrow();
    return Diagnosis.warning(
        name(),
        "%s: %s".formatted(jar.getFileName(), worst.code()),
        "%s %s".formatted(worst.sentence(), worst.remedy()));
  }
}
