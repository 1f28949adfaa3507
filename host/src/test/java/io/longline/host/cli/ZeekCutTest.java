package io.longline.host.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls of zeek-cut's own test suite, with what zeek-cut printed; see CONTRIBUTING.md. */
class ZeekCutTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void printsWhatZeekCutPrints() throws IOException {
    var softly = new SoftAssertions();
    var calls = calls();
    assertThat(calls).hasSize(84);
    for (var call : calls) {
      var cli = new CliHarness(folder).input(call.get("stdin").asText());
      for (var variable : call.get("env").properties()) {
        cli.variable(variable.getKey(), variable.getValue().asText());
      }
      var args = new ArrayList<>(List.of("cut"));
      call.get("args").forEach(argument -> args.add(argument.asText()));
      int code = cli.run(args.toArray(String[]::new));
      softly
          .assertThat(cli.out())
          .as("what %s prints", args)
          .isEqualTo(call.get("stdout").asText());
      softly
          .assertThat(code == 0)
          .as("whether %s succeeds: %s", args, cli.err())
          .isEqualTo(call.get("exit").asInt() == 0);
    }
    softly.assertAll();
  }

  private static List<JsonNode> calls() throws IOException {
    var file =
        Path.of(
            System.getProperty("longline.shared", "../../shared"), "zeek-cut-oracle/cases.jsonl");
    if ("true".equals(System.getenv("CI"))) {
      assertThat(file).as("what CI must have").isRegularFile();
    }
    assumeTrue(Files.isRegularFile(file), "SKIPPED: there is no " + file);
    var calls = new ArrayList<JsonNode>();
    for (var line : Files.readAllLines(file)) {
      calls.add(JSON.readTree(line));
    }
    return calls;
  }
}
