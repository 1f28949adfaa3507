package io.longline.plugins.beacons;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.testing.HookTester;
import io.longline.zeek.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches in any order, and batches with anything in them. */
class BatchesTest {

  private static final int HOUR = 3600;

  @TempDir Path folder;

  private static HookTester tester() throws Exception {
    return HookTester.of(new Beacons()).settings(new GivenSettings().get());
  }

  @Test
  void rowsDoNotDependOnTheOrderOfBatches() throws Exception {
    var expected = new TreeMap<String, List<String>>();
    var random = new Random(17);
    for (int round = 0; round < 4; round++) {
      var hours = new ArrayList<Capture>();
      var rows = new Random(5);
      for (int hour = 0; hour < 30; hour++) {
        var capture = new Capture();
        for (int i = 0; i < 40; i++) {
          var uid = "C" + hour + "-" + i;
          double second = hour * HOUR + rows.nextInt(HOUR) - (i == 0 ? HOUR : 0);
          capture.connection(second, uid, "10.0.0." + rows.nextInt(4), "203.0.113." + i % 3);
          if (i % 4 == 0) {
            capture.handshake(second, uid, "name" + i % 8);
          }
        }
        hours.add(capture);
      }
      Collections.shuffle(hours, random);
      var tester = tester();
      for (int i = 0; i < hours.size(); i++) {
        tester.process(hours.get(i).in(folder, "round" + round + "-" + i));
        if (i == 10) {
          tester.closeWindows();
        }
      }
      tester.closeWindows();
      var written = new TreeMap<String, List<String>>();
      tester.outputs().forEach(name -> written.put(name, tester.written(name)));
      if (round == 0) {
        expected.putAll(written);
        assertThat(expected).containsKey("beacons/run").hasSizeGreaterThan(20);
      } else {
        assertThat(written).isEqualTo(expected);
      }
    }
  }

  /** What a large batch has is divided into more blocks than what a small one has. */
  @Test
  void largeAndSmallBatchesAreOne() throws Exception {
    var large = new Capture();
    var small = new Capture();
    var both = new Capture();
    for (int i = 0; i < 6000; i++) {
      var target =
          (i % 3 == 0 ? "2001:db8::" + i % 16 : "203.0." + i % 16)
              + (i % 3 == 0 ? ":" : ".")
              + i % 250;
      var source = i % 3 == 0 ? "fd00::" + i % 40 : "10.0.0." + i % 40;
      var uid = "C" + i;
      for (var capture : i % 20 == 7 ? List.of(small, both) : List.of(large, both)) {
        capture.connection(i * 3 % 7000, uid, source, target);
        if (i % 5 == 0) {
          capture.handshake(i * 3 % 7000, uid, "name" + i % 70);
        }
      }
    }
    var columns = BeaconRows.SCHEMA.fields().stream().map(Field::name).toArray(String[]::new);
    var expected = tester();
    expected.process(both.in(folder, "both")).closeWindows();
    var tester = tester();
    tester.process(small.in(folder, "small")).process(large.in(folder, "large")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, columns))
        .hasSizeGreaterThan(100)
        .isEqualTo(WrittenRows.ofRun(expected, columns));
  }

  @Test
  void logsMayClaimAnything() throws Exception {
    var capture = Capture.beacon("10.0.0.1", "203.0.113.9");
    var huge = Long.MAX_VALUE;
    capture.conn.row(
        Capture.MIDNIGHT,
        "X",
        "10.0.0.1",
        1,
        "203.0.113.9",
        2,
        "tcp",
        "x".repeat(5000),
        1e15,
        huge,
        huge);
    capture.conn.row(
        Capture.MIDNIGHT + 1, "X", "10.0.0.1", 1, "203.0.113.9", 2, "tcp", "", -5, huge, huge);
    for (double time : new double[] {-1e9, 9e9, 2.5e11}) {
      capture.conn.row(time, "Y", "10.0.0.1", 1, "203.0.113.9", 2, "tcp", null, 1, 1, 1);
      capture.open.row(time, "Y", "10.0.0.1", 1, "203.0.113.9", 2, "tcp", null, 1e14, 1, 1);
    }
    capture.conn.row(null, null, null, null, null, null, null, null, null, null, null);
    capture.request(0, "C0", "GET", "\u0000\t\n" + "n".repeat(40_000)).request(0, "C0", "GET", "");
    var tester = tester();
    tester.process(capture.in(folder, "a")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "src", "count", "total_bytes"))
        .containsExactly("10.0.0.1 290 9223372036854775807");
    assertThat(tester.remarks()).hasSize(1).allMatch(each -> each.contains("left out"));
  }

  @Test
  void badRowsLeaveNothing() throws Exception {
    var capture = Capture.beacon("10.0.0.1", "203.0.113.9");
    capture.connection(5, "A", "10.0.0.3", "203.0.113.77");
    capture.conn.line(
        Capture.MIDNIGHT + ".0\tB\t10.0.0.2\t50000\t203.0.113.9\tnone\ttcp\tssl\t0.5\t100\t200");
    var tester = HookTester.of(new WithoutBadRows()).settings(new GivenSettings().get());
    tester.process(capture.in(folder, "a")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "count", "prevalence", "network_size"))
        .containsExactly("288 0.5 2");
  }

  @Test
  void aVeryBusyHourHasItsFirstSecond() throws Exception {
    var capture = new Capture();
    for (int i = 0; i < PairTable.STROBE; i++) {
      capture.connection(100 + i % 3000, "C" + i, "10.0.0.1", "203.0.113.9");
    }
    var tester = tester();
    tester.process(capture.in(folder, "a")).closeWindows();
    assertThat(WrittenRows.ofRun(tester, "count", "first_seen"))
        .containsExactly("86400 1714348900.000000");
  }

  @Test
  void aBatchHasManyHoursAtMost() throws Exception {
    var capture = new Capture();
    for (int i = 0; i < HourSummaries.MOST_HOURS + 500; i++) {
      capture.connection((double) i * HOUR - 3e8, "C" + i, "10.0.0.1", "203.0.113.9");
    }
    var tester = tester();
    tester.process(capture.in(folder, "a"));
    assertThat(tester.remarks())
        .containsExactly(
            "500 connections have times that cannot be right, or lie in more than 9000 different hours, and were left out.");
  }

  @Test
  void aBatchWithoutConnectionsHasNoRows() throws Exception {
    var tester = tester();
    tester.process(new Capture().in(folder, "a")).closeWindows();
    assertThat(tester.outputs()).isEmpty();
    assertThat(tester.remarks()).isEmpty();
  }
}
