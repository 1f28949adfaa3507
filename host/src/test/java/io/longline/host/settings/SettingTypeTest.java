package io.longline.host.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longline.host.settings.WrittenValue.Form;
import io.longline.host.settings.WrittenValue.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTypeTest {

  private static final Path FOLDER = Path.of("/etc/longline");

  private static WrittenValue inFile(Form form, String... texts) {
    return new WrittenValue(form, List.of(texts), Source.FILE, "file:1: key", FOLDER);
  }

  private static WrittenValue byFlag(String... texts) {
    return WrittenValue.ofFlag("--flag", List.of(texts));
  }

  private static String refusal(SettingType<?> type, WrittenValue written) {
    return String.valueOf(
        catchThrowableOfType(BadValueException.class, () -> type.parse(written)).getMessage());
  }

  @Test
  void wholeNumbersHaveARange() throws Exception {
    var type = SettingType.number(1, 10);
    assertThat(type.parse(inFile(Form.WHOLE, "1"))).isEqualTo(1);
    assertThat(type.parse(byFlag(" 10 "))).isEqualTo(10);
    for (var text : List.of("0", "11", "1.5", "x", "", "99999999999")) {
      assertThat(refusal(type, byFlag(text))).isEqualTo("write a whole number from 1 to 10");
    }
    assertThat(SettingType.number(0, Integer.MAX_VALUE).expected())
        .isEqualTo("a whole number, 0 or more");
    assertThat(SettingType.whole(Long.MIN_VALUE, 9).expected())
        .isEqualTo("a whole number, 9 or less");
    assertThat(SettingType.whole(Long.MIN_VALUE, Long.MAX_VALUE).parse(byFlag("-99999999999")))
        .isEqualTo(-99_999_999_999L);
  }

  @Test
  void decimalsMayBeWrittenAsWholeNumbers() throws Exception {
    var type = SettingType.decimal(0, 1);
    assertThat(type.parse(inFile(Form.WHOLE, "1"))).isEqualTo(1.0);
    assertThat(type.parse(inFile(Form.DECIMAL, "0.25"))).isEqualTo(0.25);
    assertThat(refusal(type, inFile(Form.DECIMAL, "1.5")))
        .isEqualTo("write a number from 0.0 to 1.0");
    assertThat(refusal(type, inFile(Form.DECIMAL, "NaN"))).startsWith("write a number");
  }

  @Test
  void theFormInAFileMustFit() {
    assertThat(refusal(SettingType.number(1, 10), inFile(Form.TEXT, "4")))
        .isEqualTo("write a whole number from 1 to 10, without quotes");
    assertThat(refusal(SettingType.flag(), inFile(Form.TEXT, "true")))
        .isEqualTo("write true or false, without quotes");
    assertThat(refusal(SettingType.text(), inFile(Form.WHOLE, "4")))
        .isEqualTo("write a string, in quotes");
    assertThat(refusal(SettingType.list(SettingType.text()), inFile(Form.TEXT, "a")))
        .isEqualTo("write a list, such as [\"a\", \"b\"], where each element is a string");
  }

  @Test
  void flagsAreTrueOrFalse() throws Exception {
    assertThat(SettingType.flag().parse(inFile(Form.FLAG, "true"))).isTrue();
    assertThat(SettingType.flag().parse(byFlag("false"))).isFalse();
    assertThat(refusal(SettingType.flag(), byFlag("yes"))).isEqualTo("write true or false");
  }

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "30s,PT30S", "5m,PT5M", "12h,PT12H", "90d,PT2160H", "0s,PT0S"})
  void durationsHaveAUnit(String text, Duration duration) {
    assertThat(SettingType.duration(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "1w", "1 s", "9999999999s"})
  void otherTextsAreNotDurations(String text) {
    assertThatThrownBy(() -> SettingType.duration(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void durationsHaveARange() throws Exception {
    var type = SettingType.duration(Duration.ofMillis(100), null);
    assertThat(type.parse(byFlag("100ms"))).isEqualTo(Duration.ofMillis(100));
    assertThat(refusal(type, byFlag("99ms")))
        .isEqualTo("write a number with ms, s, m, h or d, such as 30s, 100ms or more");
    assertThat(SettingType.duration(Duration.ofSeconds(90), Duration.ofHours(2)).expected())
        .endsWith(" from 90s to 2h");
    assertThat(SettingType.duration(Duration.ZERO, Duration.ofMinutes(5)).expected())
        .endsWith(" from 0s to 5m");
  }

  @Test
  void relativePathsStartAtTheFolderOfTheFile() throws Exception {
    assertThat(SettingType.path().parse(inFile(Form.TEXT, "out"))).isEqualTo(FOLDER.resolve("out"));
    assertThat(SettingType.path().parse(inFile(Form.TEXT, "/out"))).isEqualTo(Path.of("/out"));
    assertThat(SettingType.path().parse(byFlag("out"))).isEqualTo(Path.of("out"));
    assertThat(refusal(SettingType.path(), byFlag("")))
        .isEqualTo("write a path; is a shell variable unset?");
    assertThat(refusal(SettingType.path(), inFile(Form.TEXT, ""))).isEqualTo("write a path");
    assertThat(refusal(SettingType.path(), byFlag("~/out")))
        .isEqualTo("write the whole path, since only shells know ~");
    assertThat(refusal(SettingType.path(), byFlag("a\0b"))).startsWith("write a path: ");
  }

  @Test
  void listsAreSplitAtCommasOutsideOfFiles() throws Exception {
    var type = SettingType.list(SettingType.text());
    assertThat(type.parse(inFile(Form.LIST, "a,b", "c"))).containsExactly("a,b", "c");
    assertThat(type.parse(byFlag("a, b", "c"))).containsExactly("a", "b", "c");
    assertThat(type.parse(WrittenValue.ofVariable("V", "a,b"))).containsExactly("a", "b");
    assertThat(type.parse(WrittenValue.ofDefault(""))).isEmpty();
    var whole = SettingType.list(SettingType.text(), false);
    assertThat(whole.parse(byFlag("a,b", "c"))).containsExactly("a,b", "c");
  }

  @Test
  void listsHaveElementsThatFit() {
    var type = SettingType.list(SettingType.text(Pattern.compile("[ab]+")));
    assertThat(refusal(type, byFlag("a,c")))
        .isEqualTo(
            "write a list, such as [\"a\", \"b\"], where each element is a string that matches [ab]+");
    assertThat(refusal(type, byFlag("a,,b")))
        .isEqualTo("write at least one element, none of them empty; is a shell variable unset?");
    assertThat(refusal(type, inFile(Form.LIST)))
        .isEqualTo("write at least one element, none of them empty, or leave the setting out");
  }

  @Test
  void choicesAreWords() throws Exception {
    var type = SettingType.choice(List.of(Thread.State.values()), SettingType::word);
    assertThat(type.parse(byFlag("timed-waiting"))).isEqualTo(Thread.State.TIMED_WAITING);
    assertThat(refusal(type, byFlag("TIMED_WAITING"))).startsWith("write one of new, runnable, ");
  }

  @Test
  void aSecretIsWrittenAsThePlaceWhereItIs() {
    assertThat(SettingType.secret().isSecret()).isTrue();
    assertThat(refusal(SettingType.secret(), inFile(Form.TEXT, "sesame")))
        .isEqualTo(
            "write where the secret is, { env = \"NAME\" } or { file = \"PATH\" }, without quotes");
  }
}
