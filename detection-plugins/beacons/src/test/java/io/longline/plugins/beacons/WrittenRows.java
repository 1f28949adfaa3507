package io.longline.plugins.beacons;

import io.longline.api.testing.HookTester;
import java.util.Arrays;
import java.util.List;

/** Rows that a hook has written, whose columns have names. */
final class WrittenRows {

  private static final List<String> COLUMNS =
      BeaconRows.SCHEMA.fields().stream().map(field -> field.name()).toList();

  private WrittenRows() {}

  /** Those of the whole run, as far as some columns are concerned. */
  static List<String> ofRun(HookTester tester, String... columns) {
    return of(tester, "run", columns);
  }

  /** Those of a window. */
  static List<String> of(HookTester tester, String window, String... columns) {
    return tester.written("beacons/" + window).stream()
        .map(row -> List.of(row.split("\t", -1)))
        .map(
            cells ->
                String.join(
                    " ",
                    Arrays.stream(columns).map(each -> cells.get(COLUMNS.indexOf(each))).toList()))
        .sorted()
        .toList();
  }
}
