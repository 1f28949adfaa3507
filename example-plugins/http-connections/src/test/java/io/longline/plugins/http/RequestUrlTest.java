package io.longline.plugins.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestUrlTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "example.org, 10.0.0.2, 80, /, http://example.org/",
        "example.org, 10.0.0.2, 8080, /a?b, http://example.org:8080/a?b",
        "example.org:8080, 10.0.0.2, 8080, /, http://example.org:8080/",
        "-, 10.0.0.2, 80, /, http://10.0.0.2/",
        "'', 10.0.0.2, 80, /, http://10.0.0.2/",
        "-, fe80::2, 80, /, http://[fe80::2]/",
        "-, fe80::2, 81, /, http://[fe80::2]:81/",
        "[fe80::2], fe80::3, 81, /, http://[fe80::2]:81/",
        "[fe80::2]:81, fe80::3, 81, /, http://[fe80::2]:81/",
        "example.org, 10.0.0.2, 80, http://other.org/x, http://other.org/x",
        "example.org, 10.0.0.2, 80, *, http://example.org/*",
        "example.org, 10.0.0.2, 80, -, -",
        "-, -, 80, /, -"
      })
  void buildsTheUrlOfARequest(String host, String server, int port, String uri, String url) {
    assertThat(RequestUrl.of(host, server, port, uri)).isEqualTo(url);
  }
}
