package io.longline.zeek;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every log of the corpus is read as its oracle says. */
class CorpusTest {

  /** Files for which the oracle contradicts the rules of the format, with the reason. */
  private static final Map<String, String> ORACLE_IS_WRONG =
      Map.of(
          "zeek-btest/v2.6/scripts.base.frameworks.logging.ascii-double/json.log",
          "rows with the bare nan and inf of Zeek 2.6 count, although a strict JSON parser rejects them");

  @Test
  void agreesWithTheOracle() throws IOException {
    var corpus = Corpus.require();
    var complaints = new ArrayList<String>();
    int checked = 0;
    for (var expected : corpus.oracle()) {
      var file = expected.get("file").asText();
      if (!isLog(expected) || file.contains("-canon") || ORACLE_IS_WRONG.containsKey(file)) {
        continue;
      }
      checked++;
      check(corpus, expected, complaints, false);
    }
    assertThat(complaints).isEmpty();
    assertThat(checked).isGreaterThan(1200);
  }

  /** Masked logs have times that cannot be read; only their rows are compared. */
  @Test
  void countsTheRowsOfMaskedLogs() throws IOException {
    var corpus = Corpus.require();
    var complaints = new ArrayList<String>();
    int checked = 0;
    for (var expected : corpus.oracle()) {
      if (isLog(expected) && expected.get("file").asText().contains("-canon")) {
        checked++;
        check(corpus, expected, complaints, true);
      }
    }
    assertThat(complaints).isEmpty();
    assertThat(checked).isGreaterThan(90);
  }

  /** Files that are not logs are read without an exception too. */
  @Test
  void readsFilesThatAreNotLogs() throws IOException {
    var corpus = Corpus.require();
    for (var expected : corpus.oracle()) {
      if (!isLog(expected)) {
        try (var reader = LogReader.open(corpus.file(expected.get("file").asText()))) {
          reader.forEach(record -> assertThat(record.toString()).isNotEmpty());
          assertThat(reader.report().file()).isNotEmpty();
        }
      }
    }
  }

  private static boolean isLog(JsonNode expected) {
    return Set.of("tsv", "json").contains(expected.get("format").asText());
  }

  private static void check(
      Corpus corpus, JsonNode expected, List<String> complaints, boolean isRowsOnly) {
    var file = expected.get("file").asText();
    try {
      var check = new OracleCheck(expected);
      var complaint =
          isRowsOnly ? check.checkRows(corpus.file(file)) : check.check(corpus.file(file));
      if (!complaint.isEmpty()) {
        complaints.add(file + ": " + complaint);
      }
    } catch (IOException | RuntimeException e) {
      complaints.add(file + ": " + e);
    }
  }
}
