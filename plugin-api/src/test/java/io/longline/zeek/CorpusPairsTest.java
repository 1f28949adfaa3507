package io.longline.zeek;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The same events in TSV and in JSON give equal values, row by row, except for what one of the
 * formats cannot express.
 */
class CorpusPairsTest {

  /** TSV has six decimals of a double, JSON all of them. */
  private static final double SIX_DECIMALS = 0.000_000_51;

  private long cells;

  @Test
  void twinsAreEqualRowByRow() throws IOException {
    var corpus = Corpus.require();
    var complaints = new ArrayList<String>();
    int pairs = 0;
    for (var pair : corpus.pairs()) {
      pairs++;
      compare(
          corpus.file(pair.get("tsv").asText()),
          corpus.file(pair.get("json").asText()),
          complaints);
    }
    assertThat(complaints).isEmpty();
    assertThat(pairs).isGreaterThan(10);
    assertThat(cells).isGreaterThan(100_000);
  }

  private void compare(Path tsvFile, Path jsonFile, List<String> complaints) throws IOException {
    try (var tsv = LogReader.open(tsvFile);
        var json = LogReader.builder(jsonFile).fields(names(tsv)).open()) {
      LogRecord ours = tsv.next();
      LogRecord theirs = json.next();
      for (; ours != null && theirs != null; ours = tsv.next(), theirs = json.next()) {
        for (int i = 0; i < ours.size(); i++) {
          cells++;
          if (!isEqual(ours, theirs, i) && complaints.size() < 20) {
            complaints.add(
                tsvFile.getFileName()
                    + ":"
                    + ours.line()
                    + " "
                    + ours.name(i)
                    + ": "
                    + ours.text(i)
                    + " is not "
                    + theirs.text(i));
          }
        }
      }
      if (ours != null || theirs != null) {
        complaints.add(tsvFile + " and its twin differ in the number of rows");
      }
    }
  }

  private static List<String> names(LogReader reader) {
    return reader.schema().fields().stream().map(Field::name).toList();
  }

  private static boolean isEqual(LogRecord tsv, LogRecord json, int column) {
    if (tsv.isUnset(column) || json.isUnset(column)) {
      return tsv.isUnset(column) && json.isUnset(column);
    }
    var type = tsv.schema().fields().get(column).type();
    if (!type.isContainer()) {
      return isEqual(type.kind(), tsv, json, column);
    }
    if (type.kind() == ZeekType.Kind.SET) {
      return new HashSet<>(Objects.requireNonNull(tsv.strings(column)))
          .equals(new HashSet<>(Objects.requireNonNull(json.strings(column))));
    }
    var ours = tsv.elements(column);
    var theirs = json.elements(column);
    if (ours.size() != theirs.size()) {
      return false;
    }
    for (int i = 0; i < ours.size(); i++) {
      if (ours.isUnset(i)
          ? !theirs.isUnset(i)
          : !isEqual(Objects.requireNonNull(type.element()), ours, theirs, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isEqual(ZeekType.Kind kind, LogRecord tsv, LogRecord json, int i) {
    if (kind == ZeekType.Kind.TIME || kind == ZeekType.Kind.INTERVAL) {
      return isEqualTime(kind, tsv, json, i);
    }
    return switch (kind) {
      case BOOL -> tsv.bool(i) == json.bool(i);
      case INT, COUNT, PORT -> tsv.integer(i) == json.integer(i);
      case DOUBLE -> Math.abs(tsv.real(i) - json.real(i)) < SIX_DECIMALS;
      case ADDR -> Objects.requireNonNull(tsv.address(i)).equals(json.address(i));
      case SUBNET -> Objects.requireNonNull(tsv.subnet(i)).equals(json.subnet(i));
      case TIME, INTERVAL, ENUM, STRING, FILE, FUNC, SET, VECTOR -> isEqualText(tsv, json, i);
    };
  }

  /**
   * Compares microseconds. An interval has more digits in JSON; a number with an exponent has seven
   * digits in TSV.
   */
  private static boolean isEqualTime(ZeekType.Kind kind, LogRecord tsv, LogRecord json, int i) {
    boolean isTime = kind == ZeekType.Kind.TIME;
    long ours = isTime ? tsv.timeMicros(i) : tsv.intervalMicros(i);
    long theirs = isTime ? json.timeMicros(i) : json.intervalMicros(i);
    boolean hasExponent = Objects.requireNonNull(tsv.text(i)).contains("e");
    double tolerance = hasExponent ? Math.abs(ours) * 0.5e-6 : isTime ? 0 : 1;
    return Math.abs(ours - theirs) <= tolerance;
  }

  /**
   * Compares text. In a JSON string Zeek writes control bytes and bytes that are not UTF-8 as
   * \\xHH, which cannot be undone.
   */
  private static boolean isEqualText(LogRecord tsv, LogRecord json, int i) {
    var theirs = Objects.requireNonNull(json.string(i));
    return theirs.equals(tsv.string(i)) || theirs.contains("\\x");
  }
}
