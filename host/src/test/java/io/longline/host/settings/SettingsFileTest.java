package io.longline.host.settings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.host.settings.WrittenValue.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {

  private static final SettingsLayout LAYOUT =
      new SettingsLayout(
          Set.of("workers", "output", "watch.ready"),
          Map.of("watch.roots", Set.of("path", "names")),
          Set.of("enabled", "timeout"));

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void prepare() {
    file = folder.resolve("longline.toml");
  }

  private SettingsFile read(String... lines) throws IOException, SettingsException {
    Files.write(file, Arrays.asList(lines));
    return SettingsFile.read(file, LAYOUT);
  }

  private List<String> problems(String... lines) throws IOException {
    try {
      read(lines);
      return List.of();
    } catch (SettingsException e) {
      return e.problems();
    }
  }

  private static WrittenValue value(SettingsFile settings, String key) {
    return Objects.requireNonNull(settings.value(key), key);
  }

  @Test
  void valuesAreAtTheTopOrInSections() throws Exception {
    var settings = read("workers = 4", "[watch]", "ready = \"close\"");
    assertThat(value(settings, "workers").text()).isEqualTo("4");
    assertThat(value(settings, "watch.ready").text()).isEqualTo("close");
    assertThat(settings.value("output")).isNull();
    assertThat(settings.keys("watch")).containsExactly("ready");
    assertThat(settings.placeOf("watch.ready")).isEqualTo(file + ":3");
    assertThat(settings.placeOf("output")).as("is not in it").isEqualTo(file.toString());
  }

  @Test
  void aValueKnowsItsFormItsPlaceAndItsFolder() throws Exception {
    var settings =
        read(
            "[plugins.p.settings]",
            "text = \"a\"",
            "whole = 1",
            "decimal = 1.5",
            "flag = true",
            "list = [\"a\", \"b\"]",
            "numbers = [1, 2]",
            "secret = { env = \"KEY\" }",
            "day = 2026-01-02");
    assertThat(settings.keys("plugins.p.settings"))
        .extracting(key -> value(settings, "plugins.p.settings." + key).form())
        .containsExactly(
            Form.TEXT,
            Form.WHOLE,
            Form.DECIMAL,
            Form.FLAG,
            Form.LIST,
            Form.OTHER,
            Form.TABLE,
            Form.OTHER);
    var list = value(settings, "plugins.p.settings.list");
    assertThat(list.texts()).containsExactly("a", "b");
    assertThat(list.where()).isEqualTo(file + ":6: list");
    assertThat(list.place()).isEqualTo(file + ":6");
    assertThat(list.folder()).isEqualTo(folder);
    assertThat(value(settings, "plugins.p.settings.secret").table())
        .isEqualTo(Map.of("env", "KEY"));
  }

  @Test
  void aTableInTheSettingsOfAPluginIsAValueAndNotASection() throws Exception {
    var settings = read("[plugins.p.settings]", "depth = { vault = \"x\", way = \"y\" }");
    assertThat(value(settings, "plugins.p.settings.depth").form()).isEqualTo(Form.TABLE);
  }

  @Test
  void tablesAreRepeated() throws Exception {
    var settings =
        read("[[watch.roots]]", "path = \"a\"", "[[watch.roots]]", "path = \"b\"", "names = \"n\"");
    var tables = settings.tables("watch.roots");
    assertThat(tables).hasSize(2);
    assertThat(tables.get(1)).containsOnlyKeys("path", "names");
    assertThat(settings.tables("other")).isEmpty();
  }

  @Test
  void pluginsHaveSections() throws Exception {
    var settings =
        read("[plugins.one]", "enabled = true", "[plugins.\"two.dots\".settings]", "any = 1");
    assertThat(settings.plugins())
        .containsExactlyInAnyOrderEntriesOf(Map.of("one", file + ":1", "two.dots", file + ":3"));
    assertThat(settings.keys("plugins.two.dots.settings")).containsExactly("any");
  }

  @Test
  void ofVeryManyProblemsTheFirstAreReportedAndTheOthersCounted() throws Exception {
    var lines = new String[20_000];
    Arrays.setAll(lines, i -> "key" + i + " = 1");
    assertThat(problems(lines))
        .hasSize(101)
        .startsWith(file + ":1: there is no setting key0.")
        .endsWith("There are 19,900 more problems.");
  }

  @Test
  void anUnknownKeyIsReportedWithItsLineAndTheNearestKnownOne() throws Exception {
    assertThat(problems("", "wrkers = 4", "nothing-like-it = 1"))
        .containsExactly(
            file + ":2: there is no setting wrkers. Did you mean workers?",
            file + ":3: there is no setting nothing-like-it.");
    assertThat(problems("[watch]", "redy = \"x\"", "output = \"y\""))
        .containsExactly(
            file + ":2: there is no setting watch.redy. Did you mean watch.ready?",
            file + ":3: there is no setting watch.output. It goes above the first [section].");
    assertThat(problems("[[watch.roots]]", "pth = \"a\""))
        .containsExactly(file + ":2: there is no setting pth. Did you mean path?");
    assertThat(problems("[[watch.root]]", "path = \"a\""))
        .containsExactly(file + ":2: there is no setting watch.root. Did you mean watch.roots?");
  }

  @Test
  void anUnknownKeyInTheSectionOfAPluginIsReported() throws Exception {
    assertThat(problems("[plugins.p]", "timout = \"1s\"", "[plugins.p.settings]", "any = 1"))
        .containsExactly(
            file
                + ":2: there is no setting timout that every plugin has. Did you mean timeout? A setting that a plugin declares itself goes into [plugins.ID.settings].");
    assertThat(problems("[plugins]", "p = 1"))
        .containsExactly(
            file + ":2: p is not a section; write [plugins.p] and the settings below it.");
  }

  @Test
  void rootsThatAreNotTablesAreReported() throws Exception {
    assertThat(problems("[watch]", "roots = [\"a\"]"))
        .containsExactly(
            file
                + ":2: watch.roots is not written like this; write a table [[watch.roots]] for each.");
  }

  @Test
  void invalidTomlIsReportedWithItsLine() throws Exception {
    assertThat(problems("workers = 4", "output = "))
        .allMatch(each -> each.startsWith(file + ":2: "));
    assertThat(problems("workers = 4", "workers = 5"))
        .as("a key twice")
        .singleElement()
        .asString()
        .startsWith(file + ":2: workers ")
        .endsWith(".");
    assertThat(problems("[watch]", "", "[watch]"))
        .singleElement()
        .asString()
        .startsWith(file + ":3: watch ");
  }

  @Test
  void allUnknownKeysAreReportedTogether() throws Exception {
    assertThat(problems("a = 1", "b = 1", "[plugins.p]", "c = 1")).hasSize(3);
  }

  @Test
  void aByteOrderMarkIsSkipped() throws Exception {
    assertThat(value(read("\uFEFFworkers = 4"), "workers").text()).isEqualTo("4");
  }

  @Test
  void aFileThatCannotBeReadIsRefused() throws Exception {
    assertThatThrownBy(() -> SettingsFile.read(file, LAYOUT))
        .isInstanceOf(SettingsException.class)
        .hasMessage("There is no settings file " + file + ".");
    assertThatThrownBy(() -> SettingsFile.read(folder, LAYOUT))
        .hasMessage("The settings file " + folder + " cannot be used: it is a folder.");
    Files.write(file, "output = \"\u00e9\"".getBytes(ISO_8859_1));
    assertThatThrownBy(() -> SettingsFile.read(file, LAYOUT))
        .hasMessage("The settings file " + file + " is not in UTF-8.");
  }

  @Test
  void aSymbolicLinkIsNotFollowed() throws Exception {
    var target = Files.write(folder.resolve("target.toml"), List.of("workers = 4"));
    Files.createSymbolicLink(file, target);
    assertThatThrownBy(() -> SettingsFile.read(file, LAYOUT))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("is a symbolic link, which is not followed")
        .hasMessageContaining(target.toString());
  }

  private String firstProblem(String text) throws IOException {
    Files.writeString(file, text);
    try {
      SettingsFile.read(file, LAYOUT);
      return "none";
    } catch (SettingsException e) {
      assertThat(e.problems()).hasSizeLessThanOrEqualTo(20);
      return e.problems().get(0);
    }
  }

  @Test
  void whatIsNestedTooDeepHasItsLine() throws Exception {
    var deep = ":2: Values and names may be nested at most 20 deep.";
    for (var text :
        List.of(
            "x = " + "[".repeat(100_000),
            "x = " + "[".repeat(21) + "]".repeat(21),
            "x = " + "{a=".repeat(50_000),
            "a" + ".a".repeat(20_000) + " = 1",
            "[" + "\"a\" . ".repeat(20_000) + "b]",
            "x = '\\' " + "[".repeat(30))) {
      assertThat(firstProblem("# [[[\n" + text)).isEqualTo(file + deep);
    }
    assertThat(firstProblem("workers = \"" + "[.".repeat(100) + "\"\n")).isEqualTo("none");
    assertThat(firstProblem("workers = '''\n" + "[.\n'[".repeat(99) + "'''\n")).isEqualTo("none");
    assertThat(firstProblem("output = [" + "1.5, ".repeat(99) + "]\n")).isEqualTo("none");
  }

  @Test
  void longLinesNumbersAndFilesAreRefused() throws Exception {
    assertThat(firstProblem("\nx = \"" + "x".repeat(200_000) + "\""))
        .isEqualTo(file + ":2: A line may have at most 16384 characters.");
    assertThat(firstProblem("\nx = " + "1".repeat(16_000)))
        .isEqualTo(file + ":2: A number or name may have at most 1000 characters.");
    assertThat(firstProblem("\0".repeat(200_000)))
        .isEqualTo(file + ":1: A number or name may have at most 1000 characters.");
    assertThat(firstProblem("?\n".repeat(1_000))).startsWith(file + ":1: ");
    assertThat(firstProblem("x".repeat(300_000)))
        .isEqualTo(
            "The settings file %s cannot be used: it has more than the 262144 bytes that are read."
                .formatted(file));
  }

  @Test
  void onlyARegularFileIsRead() throws Exception {
    for (var device : List.of("/dev/zero", "/dev/null")) {
      assertThatThrownBy(() -> SettingsFile.read(Path.of(device), LAYOUT))
          .isInstanceOfSatisfying(
              SettingsException.class,
              e ->
                  assertThat(e.problems())
                      .containsExactly(
                          "The settings file %s cannot be used: it is not a regular file."
                              .formatted(device)));
    }
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> SettingsFile.read(file, LAYOUT)).isInstanceOf(SettingsException.class);
  }
}
