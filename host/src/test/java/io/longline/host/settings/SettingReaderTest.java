package io.longline.host.settings;

import static io.longline.host.settings.SettingSpec.setting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingReaderTest {

  private static final SettingSpec<Integer> WORKERS =
      setting("workers", SettingType.number(1, 99)).byDefault("3");

  private static final SettingSpec<Duration> DELAY =
      setting("delay", SettingType.duration(Duration.ZERO, null)).otherwise("it depends");

  private static final SettingSpec<Secret> KEY = setting("key", SettingType.secret()).required();

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();

  private SettingReader reader(String... lines) throws IOException, SettingsException {
    var path = folder.resolve("longline.toml");
    Files.write(path, List.of(lines));
    var layout = new SettingsLayout(Set.of("workers", "delay", "key"), Map.of(), Set.of());
    return new SettingReader(
        new SettingSources(Map.of(), environment, SettingsFile.read(path, layout)));
  }

  private String problem(String line) throws Exception {
    var reader = reader(line);
    assertThat(reader.find(KEY)).isNull();
    assertThat(reader.problems()).hasSize(1);
    return reader.problems().get(0).replace(folder + "/longline.toml", "FILE");
  }

  @Test
  void aValueOverridesTheDefaultWhichOverridesTheCallersFallback() throws Exception {
    assertThat(reader("workers = 5").get(WORKERS, 7)).isEqualTo(5);
    assertThat(reader("").get(WORKERS, 7)).isEqualTo(3);
    assertThat(reader("").get(DELAY, Duration.ofDays(1))).isEqualTo(Duration.ofDays(1));
    assertThat(reader("").find(DELAY)).isNull();
    assertThat(reader("").problems()).isEmpty();
  }

  @Test
  void eachWrongValueIsCollectedOnce() throws Exception {
    var reader = reader("workers = 0", "delay = \"soon\"");
    assertThat(reader.get(WORKERS, 7)).as("not the default").isEqualTo(7);
    assertThat(reader.find(DELAY)).isNull();
    assertThat(reader.find(WORKERS)).isNull();
    reader.problem("Something else.");
    assertThat(reader.problems())
        .containsExactly(
            folder + "/longline.toml:1: workers is \"0\"; write a whole number from 1 to 99.",
            folder
                + "/longline.toml:2: delay is \"soon\"; write a number with ms, s, m, h or d, such as 30s.",
            "Something else.");
    assertThatThrownBy(reader::check)
        .isInstanceOfSatisfying(SettingsException.class, e -> assertThat(e.problems()).hasSize(3));
  }

  @Test
  void withoutProblemsTheCheckPasses() throws Exception {
    var reader = reader("workers = 5");
    reader.find(WORKERS);
    reader.check();
  }

  @Test
  void aFlagOrAVariableIsNamedInTheMessage() {
    var flags = Map.of("workers", WrittenValue.ofFlag("--workers", List.of("many")));
    var byFlag = new SettingReader(new SettingSources(flags, environment, null));
    byFlag.find(WORKERS);
    assertThat(byFlag.problems())
        .containsExactly("--workers is \"many\"; write a whole number from 1 to 99.");
    environment.put("LONGLINE_WORKERS", "none");
    var byVariable = new SettingReader(new SettingSources(Map.of(), environment, null));
    byVariable.find(WORKERS);
    assertThat(byVariable.problems())
        .containsExactly("LONGLINE_WORKERS is \"none\"; write a whole number from 1 to 99.");
  }

  @Test
  void thePasswordOfAUrlIsNotShown() {
    var flags =
        Map.of(
            "workers",
            WrittenValue.ofFlag("--x", List.of("jdbc:db://me:hidden@host/d?password=hidden&a=b")));
    var reader = new SettingReader(new SettingSources(flags, environment, null));
    reader.find(WORKERS);
    assertThat(reader.problems())
        .containsExactly(
            "--x is \"jdbc:db://(secret)@host/d?password=(secret)&a=b\"; write a whole number from 1 to 99.");
  }

  @Test
  void aSecretIsReadFromAVariableOrAFile() throws Exception {
    environment.put("MY_KEY", "sesame");
    var byVariable = reader("key = { env = \"MY_KEY\" }").find(KEY);
    assertThat(Objects.requireNonNull(byVariable).reveal()).isEqualTo("sesame");
    Files.writeString(folder.resolve("key"), "from a file\n");
    var byFile = reader("key = { file = \"key\" }").find(KEY);
    assertThat(Objects.requireNonNull(byFile).reveal()).isEqualTo("from a file");
    environment.put("LONGLINE_KEY", "in its own variable");
    var byItself = reader("").find(KEY);
    assertThat(Objects.requireNonNull(byItself).reveal()).isEqualTo("in its own variable");
  }

  @Test
  void aSecretThatCannotBeReadIsAProblemThatDoesNotShowIt() throws Exception {
    environment.put("SHORT", "abc");
    assertThat(problem("key = \"sesame\""))
        .isEqualTo(
            "FILE:1: key is a secret; write where the secret is, { env = \"NAME\" } or { file = \"PATH\" }, without quotes.");
    assertThat(problem("key = { env = \"GONE\" }"))
        .isEqualTo("FILE:1: key is a secret; the environment variable GONE is not set.");
    assertThat(problem("key = { env = \"pasted sesame\" }"))
        .isEqualTo("FILE:1: key is a secret; the environment variable that it names is not set.");
    assertThat(problem("key = { file = \"gone\" }"))
        .isEqualTo("FILE:1: key is a secret; the file gone does not exist.");
    assertThat(problem("key = { env = \"SHORT\" }"))
        .isEqualTo(
            "FILE:1: key is a secret; it has fewer than 4 characters, and could not be kept out of messages.");
  }

  @Test
  void aSecretOnTheCommandLineIsRefused() {
    var flags = Map.of("key", WrittenValue.ofFlag("--set key", List.of("sesame")));
    var reader = new SettingReader(new SettingSources(flags, environment, null));
    assertThat(reader.find(KEY)).isNull();
    assertThat(reader.problems())
        .singleElement()
        .asString()
        .startsWith("--set key is a secret; on the command line everybody")
        .doesNotContain("sesame");
  }

  @Test
  void withoutSecretsAVariableThatIsNotSetIsANote() throws Exception {
    var reader = reader("key = { env = \"GONE\" }");
    reader.goWithoutSecrets();
    assertThat(reader.find(KEY)).isNotNull();
    assertThat(reader.problems()).isEmpty();
    assertThat(reader.notes())
        .containsExactly(
            folder + "/longline.toml:1: key: the environment variable GONE is not set here.");
  }
}
