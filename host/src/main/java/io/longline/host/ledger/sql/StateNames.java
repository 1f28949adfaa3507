package io.longline.host.ledger.sql;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.longline.host.ledger.BatchState;
import io.longline.host.ledger.CallState;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of states in SQL. A statement has them in braces, {@code state = {ready}}; they are put
 * in as text when it is prepared, since an index for one state is used only if the statement names
 * the state.
 */
final class StateNames {

  private static final Pattern IN_BRACES = Pattern.compile("\\{(\\w+)\\}");

  private static final Set<String> NAMES =
      Stream.of(
              Arrays.stream(BatchState.values()).map(BatchState::sql),
              Arrays.stream(CallState.values()).map(CallState::sql),
              Arrays.stream(HostState.values()).map(HostState::sql))
          .flatMap(names -> names)
          .collect(toUnmodifiableSet());

  private StateNames() {}

  /**
   * A statement with the names of states put in.
   *
   * @throws IllegalArgumentException if there is no such state
   */
  static String in(String sql) {
    return IN_BRACES.matcher(sql).replaceAll(found -> "'" + checked(found.group(1)) + "'");
  }

  private static String checked(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException("There is no state \"" + name + "\".");
    }
    return name;
  }
}
