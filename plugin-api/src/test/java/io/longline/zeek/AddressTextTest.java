package io.longline.zeek;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {

  private static byte[] parse(String text) {
    var bytes = text.getBytes(US_ASCII);
    return AddressText.parse(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "255.255.255.255, 255.255.255.255",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "fe80:0:0:0:0:0:0:1, fe80::1",
    "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
    "[fe80::1], fe80::1",
    "::ffff:10.0.0.1, ::ffff:a00:1",
    "64:ff9b::1.2.3.4, 64:ff9b::102:304"
  })
  void readsAndWritesAddresses(String text, String written) {
    assertThat(AddressText.format(parse(text))).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1..2.3",
        "a.b.c.d",
        ":",
        ":::",
        "1:2",
        "1::2::3",
        "12345::",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:",
        "::1.2.3",
        "localhost",
        "::1%eth0"
      })
  void rejectsTextThatIsNotAnAddress(String text) {
    assertThat(parse(text)).isNull();
  }
}
