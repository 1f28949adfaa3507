package io.longline.plugins.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsTest {

  @TempDir Path folder;

  private Sample sample;

  @BeforeEach
  void makeSample() throws Exception {
    sample = new Sample(folder);
  }

  @Test
  void aFeedOfUrlsNeedsTheHost() throws Exception {
    sample.feed("http://evil.example/a\n");
    sample.log("http", "uri\thost", "string\tstring", "/a\tevil.example", "/a\tgood.example");
    assertThat(sample.seen()).containsExactly("evil.example/a HTTP::IN_URL");
  }

  @Test
  void aUrlNeedsTheHostWhereItIsNotSearched() throws Exception {
    sample.feed("http://evil.example/a\nevil.example\n");
    sample.log("http", "uri\thost", "string\tstring", "/a\tevil.example");
    assertThat(sample.seen("HTTP::IN_HOST_HEADER")).containsExactly("evil.example/a HTTP::IN_URL");
  }

  @Test
  void aUrlInAQueryIsNotVisited() throws Exception {
    sample.feed("http://evil.example/a\nhttp://good.example/?u=http://evil.example:80/b\n");
    sample.log(
        "http",
        "uri\thost",
        "string\tstring",
        "/?u=http://evil.example/a\tgood.example",
        "/?u=http://evil.example:80/b\tgood.example",
        "://evil.example/a\tgood.example",
        "http://evil.example/a\tproxy.example");
    assertThat(sample.seen())
        .containsExactly(
            "good.example/?u=http://evil.example:80/b HTTP::IN_URL", "evil.example/a HTTP::IN_URL");
  }
}
