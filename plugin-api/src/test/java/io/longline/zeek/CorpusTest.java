package io.longline.zeek;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every log of the corpus, against what the oracle says of it. */
class CorpusTest {

  /** Files of which the oracle says something else than the format's rules do, with the reason. */
  private static final Map<String, String> ORACLE_IS_WRONG =
      Map.of(
          "zeek-btest/v2.6/scripts.base.frameworks.logging.ascii-double/json.log",
          "rows with the bare nan and inf of Zeek 2.6 are rows, which a strict JSON parser refuses");

  @Test
  void agreesWithTheOracle() throws IOException {
    var corpus = Corpus.require();
    var complaints = new ArrayList<String>();
    int checked = 0;
    for (var expected : corpus.oracle()) {
      var file = expected.get("file").asText();
      var format = expected.get("format").asText();
      if (!Set.of("tsv", "json").contains(format)
          || file.contains("-canon")
          || ORACLE_IS_WRONG.containsKey(file)
          || expected.path("compression").asText().equals("zstd")) {
        continue;
      }
      checked++;
      try {
        var complaint = new OracleCheck(expected).check(corpus.file(file));
        if (!complaint.isEmpty()) {
          complaints.add(file + ": " + complaint);
        }
      } catch (RuntimeException e) {
        var trace = e.getStackTrace();
        complaints.add(file + ": " + e + " " + (trace.length == 0 ? "" : trace[0]));
      }
    }
    assertThat(complaints).isEmpty();
    assertThat(checked).isGreaterThan(1000);
  }
}
