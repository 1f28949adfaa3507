package io.longline.host.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {

  private static final String SECRET = "s3cr3t Key/+%ü\"x";

  private final SecretMask mask = new SecretMask(List.of(SECRET));

  private void isMasked(String form) {
    assertThat(mask.masked("a " + form + " b")).as(form).isEqualTo("a (secret) b");
    assertThat(mask.masked(form)).as(form).isEqualTo("(secret)");
  }

  @Test
  void masksTheSecretInAnyCase() {
    isMasked(SECRET);
    isMasked(SECRET.toUpperCase(Locale.ROOT));
    isMasked(SECRET.toLowerCase(Locale.ROOT));
    assertThat(mask.masked("nothing of it, s3cr3t Key")).isEqualTo("nothing of it, s3cr3t Key");
  }

  @Test
  void masksItInAUrl() {
    var encoded = URLEncoder.encode(SECRET, UTF_8);
    isMasked(encoded);
    isMasked(encoded.replace("+", "%20"));
    isMasked(encoded.toLowerCase(Locale.ROOT));
    isMasked(URLEncoder.encode(encoded, UTF_8));
    assertThat(mask.masked("GET /?key=" + encoded + "&q=1")).isEqualTo("GET /?key=(secret)&q=1");
  }

  @Test
  void masksItWithEachCharacterEncoded() {
    var all = new StringBuilder();
    for (byte each : SECRET.getBytes(UTF_8)) {
      all.append("%%%02x".formatted(each));
    }
    isMasked(all.toString());
    isMasked("%73" + SECRET.substring(1));
  }

  @Test
  void masksItInHex() {
    var bytes = SECRET.getBytes(UTF_8);
    isMasked(HexFormat.of().formatHex(bytes));
    isMasked(HexFormat.of().withUpperCase().formatHex(bytes));
    isMasked(HexFormat.ofDelimiter(":").formatHex(bytes));
    isMasked(HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes));
    assertThat(mask.masked("0x" + HexFormat.of().formatHex(bytes))).isEqualTo("0x(secret)");
  }

  @Test
  void masksItInJson() {
    isMasked(SECRET.replace("\"", "\\\""));
    isMasked(SECRET.replace("\"", "\\\"").replace("/", "\\/").replace("ü", "\\u00fc"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u:", "us:", "user:", "somebody:"})
  void masksItInBase64WhereverItBegins(String user) {
    for (var after : List.of("", "!", "\n", ":and more")) {
      var bytes = (user + SECRET + after).getBytes(UTF_8);
      isMasked(Base64.getEncoder().encodeToString(bytes));
      isMasked(Base64.getEncoder().withoutPadding().encodeToString(bytes));
      isMasked(Base64.getUrlEncoder().encodeToString(bytes));
    }
    var header = Base64.getEncoder().encodeToString((user + SECRET).getBytes(UTF_8));
    assertThat(mask.masked("Authorization: Basic " + header))
        .isEqualTo("Authorization: Basic (secret)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abcd", "50%25 off", "a%b%c", "back\\slash", "päss", "%41bc"})
  void masksOddSecrets(String secret) {
    var odd = new SecretMask(List.of(secret));
    assertThat(odd.masked("x " + secret + " x")).isEqualTo("x (secret) x");
    assertThat(odd.masked("x " + URLEncoder.encode(secret, UTF_8) + " x"))
        .isEqualTo("x (secret) x");
    var bytes = ("u:" + secret).getBytes(UTF_8);
    assertThat(odd.masked("x " + Base64.getEncoder().encodeToString(bytes) + " x"))
        .isEqualTo("x (secret) x");
  }

  @Test
  void masksTheLinesOfASecretThatAreLongEnough() {
    var lines = new SecretMask(List.of("{\n\"token\": \"abcdef\"\n}"));
    assertThat(lines.masked("{ \"token\": \"abcdef\" } 7b")).isEqualTo("{ (secret) } 7b");
  }

  @Test
  void masksSeveral() {
    mask.add(List.of("another"));
    assertThat(mask.masked("another" + SECRET + ",ANOTHER")).isEqualTo("(secret)(secret),(secret)");
  }

  @Test
  void aLongTextTakesTimeInProportion() {
    var text = "s3cr3t Ke%73c3".repeat(200_000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(mask.masked(text)).isEqualTo(text));
  }
}
