package io.longline.plugins.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListedUrlsTest {

  @TempDir Path folder;

  private Sample sample;

  @BeforeEach
  void makeSample() throws Exception {
    sample = new Sample(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "http://evil.example/a#part, evil.example, /a",
    "http://evil.example:80/a, evil.example, /a",
    "HTTP://evil.example:80, evil.example:80, /",
    "https://evil.example:443/a, evil.example, /a",
    "https://[2001:db8::1]:443/a, [2001:db8::1], /a",
    "http://evil.example?b=c, evil.example, /?b=c",
    "http://evil.example#part/a, evil.example, /",
    "http://evil.example:80/a, evil.example, http://evil.example:80/a",
    "http://evil.example/a, evil.example, http://evil.example:80/a",
    "http://evil.example, evil.example, http://evil.example",
    "https://evil.example/a, evil.example, https://evil.example:443/a"
  })
  void isComparedAsRequestsHaveIt(String listed, String host, String uri) throws Exception {
    sample.log("http", "host\turi", "string\tstring", host + "\t" + uri);
    for (var feed : new String[] {listed, "url,note\n\"" + listed + "\",x"}) {
      sample.feed(feed);
      assertThat(sample.seen()).as(feed).hasSize(1);
    }
  }

  @Test
  void otherPortsStay() throws Exception {
    sample.feed(
        "http://evil.example:443/a\nhttps://evil.example:80/b\nhttp://evil.example:8080/c\n");
    sample.log(
        "http",
        "host\turi",
        "string\tstring",
        "evil.example\t/a",
        "evil.example\t/b",
        "evil.example\t/c",
        "x\thttp://evil.example:443/a",
        "x\thttps://evil.example:80/b");
    assertThat(sample.seen())
        .containsExactly("evil.example:443/a HTTP::IN_URL", "evil.example:80/b HTTP::IN_URL");
  }
}
