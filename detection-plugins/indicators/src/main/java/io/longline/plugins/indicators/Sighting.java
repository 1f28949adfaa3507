package io.longline.plugins.indicators;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A value of a record that is among the indicators. Immutable but for the array, which nobody
 * changes.
 *
 * @param type what the value was looked up as
 * @param value its bytes
 * @param match the indicators
 */
@SuppressWarnings("ArrayRecordComponent") // It lives for one record.
record Sighting(IndicatorType type, byte[] value, Match match) {

  /** The value as text. */
  String text() {
    return new String(value, UTF_8);
  }
}
