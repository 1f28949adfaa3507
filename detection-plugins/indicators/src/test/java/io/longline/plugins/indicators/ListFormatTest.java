package io.longline.plugins.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.testing.HookTester;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListFormatTest {

  @TempDir Path folder;

  private Sample sample;

  @BeforeEach
  void makeSample() throws Exception {
    sample = new Sample(folder);
  }

  @Test
  void aUrlLaterInTheLineDoesNotMatter() throws Exception {
    sample.feed(
        """
        10.0.0.1#see https://report.example/1
        192.0.2.1,https://report.example/2
        evil.example;https://report.example/3
        0.0.0.0 sink.example#https://report.example/4
        http://evil.example/a,b;c https://report.example/5
        """);
    sample.log("conn", "proto", "enum", "tcp");
    sample.log("dns", "query", "string", "evil.example", "sink.example");
    sample.log("http", "uri", "string", "http://evil.example/a,b;c");
    assertThat(sample.seen())
        .containsExactlyInAnyOrder(
            "10.0.0.1 Conn::IN_ORIG",
            "192.0.2.1 Conn::IN_RESP",
            "evil.example DNS::IN_REQUEST",
            "sink.example DNS::IN_REQUEST",
            "evil.example/a,b;c HTTP::IN_URL");
  }

  @Test
  void aHostWithAPathIsAUrl() throws Exception {
    sample.feed(
        """
        6.6.6.6/gate.php
        6.6.6.6:8080/gate.php
        [2001:db8::6]/gate.php
        port.example:80/p
        port.example:81/p
        6.6.6.6:8080/7
        port.example:81/8
        192.0.2.0/24
        10.0.0.0/33
        10.0.0.0/255.255.255.0
        2001:db8::/129
        2001:db8::1:1/129
        port.example:x/p
        """);
    sample.log("conn", "proto", "enum", "tcp");
    sample.log(
        "http",
        "host\turi",
        "string\tstring",
        "6.6.6.6\t/gate.php",
        "-\thttp://6.6.6.6:8080/gate.php",
        "[2001:db8::6]\t/gate.php",
        "port.example\t/p",
        "-\thttp://port.example:81/p",
        "-\thttp://6.6.6.6:8080/7",
        "-\thttp://port.example:81/8");
    HookTester tester = sample.process();
    assertThat(tester.remarks()).hasSize(5);
    assertThat(
            tester.written("indicators").stream()
                .map(row -> row.split("\t", -1))
                .map(row -> row[6] + " " + row[8])
                .filter(row -> !row.startsWith("192.0.2.1 Conn")))
        .hasSize(7);
  }
}
