package io.longline.host.project;

import io.longline.zeek.NearestName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * A project to be written: a Maven project with a record hook. Immutable.
 *
 * @param name the name of the plugin
 * @param packageName the package of its classes
 * @param log the path of the log that the hook reads, such as {@code dns}
 * @param more what the hook is besides a record hook
 */
public record PluginProject(PluginName name, String packageName, String log, More more) {

  /** What a hook is besides a record hook. */
  public enum More {
    /** Nothing. */
    NONE("dns"),
    /** It is called at EXIT too. */
    EXIT("dns"),
    /** It has windows. */
    WINDOWS("ssh");

    private final String usualLog;

    More(String usualLog) {
      this.usualLog = usualLog;
    }

    /** The log that such a hook reads if the user names none. */
    public String usualLog() {
      return usualLog;
    }
  }

  /** What Maven allows in the id of a group. */
  private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9_.]+");

  private static final Pattern LOG = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

  /**
   * Checks what the user wants.
   *
   * @throws ProjectException if a project cannot be written so
   */
  public static PluginProject of(PluginName name, String packageName, String log, More more)
      throws ProjectException {
    if (!SourceVersion.isName(packageName, SourceVersion.RELEASE_17)
        || !PACKAGE.matcher(packageName).matches()) {
      throw new ProjectException(
          "The package \"%s\" is not a name in Java, or has letters that Maven refuses; name one with --package, such as org.example.queries."
              .formatted(packageName));
    }
    if (log.endsWith(".log")) {
      throw new ProjectException(
          "The log \"%s\" is named with its ending; write --log %s."
              .formatted(log, log.substring(0, log.length() - ".log".length())));
    }
    if (!LOG.matcher(log).matches()) {
      throw new ProjectException(
          "The log \"%s\" is not the name of a log of Zeek, such as dns.".formatted(log));
    }
    return new PluginProject(name, packageName, log, more);
  }

  /** What to say where the columns of the log are not known; empty where they are. */
  public Optional<String> unknownLog() {
    return KnownLog.of(log).isPresent()
        ? Optional.empty()
        : Optional.of(
            "The fields of %s.log are not known here, so the hook reads %s and counts the records.%s"
                .formatted(
                    log,
                    more == More.WINDOWS ? "ts and id.orig_h" : "ts alone",
                    NearestName.question(log, KnownLog.paths())));
  }

  /** The full name of the hook's class. */
  public String hookClass() {
    return packageName + "." + className();
  }

  /** The class's simple name, which must not hide a class that the templates use. */
  private String className() {
    var simple = name.className();
    boolean isTaken =
        Stream.of(template().hook(), template().test()).anyMatch(each -> each.mentions(simple))
            || (hasWindows() ? windowCode().imports() : columns().imports()).contains(simple);
    return isTaken ? simple + "Plugin" : simple;
  }

  private boolean hasWindows() {
    return more == More.WINDOWS;
  }

  private HookTemplate template() {
    if (hasWindows()) {
      return HookTemplate.WINDOW_COUNT;
    }
    return KnownLog.of(log).isPresent() ? HookTemplate.RECORD_ROWS : HookTemplate.RECORD_COUNT;
  }

  private ColumnCode columns() {
    return new ColumnCode(KnownLog.of(log), more == More.EXIT);
  }

  private WindowCode windowCode() {
    return new WindowCode(KnownLog.of(log));
  }

  /**
   * The files, each by its path in the project's folder.
   *
   * @param repository where the project gets plugin-api
   */
  public Map<String, String> files(AuthorRepository repository) {
    var values = values(repository);
    var path = hookClass().replace('.', '/');
    var services = "src/main/resources/META-INF/services/";
    var files = new LinkedHashMap<String, String>();
    files.put("pom.xml", Template.in("project/pom.xml").fill(values));
    files.put("README.md", Template.in("project/README.md").fill(values));
    files.put(".gitignore", Template.in("project/gitignore").fill(values));
    files.put("src/main/java/" + path + ".java", template().hook().fill(values));
    files.put(services + template().service(), hookClass() + "\n");
    if (more != More.NONE) {
      var other = hasWindows() ? "io.longline.api.WindowHook" : "io.longline.api.ExitHook";
      files.put(services + other, hookClass() + "\n");
    }
    files.put("src/test/java/" + path + "Test.java", template().test().fill(values));
    return files;
  }

  private String purpose() {
    return hasWindows()
        ? windowCode().purpose(log)
        : KnownLog.of(log)
            .map(KnownLog::purpose)
            .orElse("how many records each " + log + ".log has");
  }

  private Map<String, String> values(AuthorRepository repository) {
    var values = new LinkedHashMap<>(hasWindows() ? windowCode().values() : columns().values());
    values.put("id", name.id());
    values.put("package", packageName);
    values.put("group", packageName.replaceFirst("\\.[^.]*$", ""));
    values.put("class", className());
    values.put("path", hookClass().replace('.', '/'));
    values.put("log", log);
    values.put("output", name.output());
    values.put("exit", more == More.EXIT ? "yes" : "");
    values.put("windows", hasWindows() ? "yes" : "");
    values.put("purpose", purpose());
    values.put("apiVersion", repository.apiVersion());
    values.put("repository", repository.url());
    return values;
  }
}
