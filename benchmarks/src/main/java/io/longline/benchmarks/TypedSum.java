package io.longline.benchmarks;

import io.longline.zeek.HostAccess;
import io.longline.zeek.LogRecord;
import io.longline.zeek.LogSchema;
import io.longline.zeek.ZeekType.Kind;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a typed value of every cell of a log and adds them all up, the columns of a type together,
 * like a program that knows its log. Confined to one thread.
 */
final class TypedSum {

  private final int[] times;
  private final int[] intervals;
  private final int[] numbers;
  private final int[] reals;
  private final int[] addresses;
  private final int[] flags;
  private final int[] texts;
  private final int[] sets;
  private final boolean makesStrings;
  private final byte[] address = new byte[16];
  private long sum;

  TypedSum(LogSchema schema, boolean makesStrings) {
    times = columns(schema, Kind.TIME);
    intervals = columns(schema, Kind.INTERVAL);
    numbers = columns(schema, Kind.COUNT, Kind.INT, Kind.PORT);
    reals = columns(schema, Kind.DOUBLE);
    addresses = columns(schema, Kind.ADDR);
    flags = columns(schema, Kind.BOOL);
    texts = columns(schema, Kind.STRING, Kind.ENUM, Kind.SUBNET, Kind.FILE, Kind.FUNC);
    sets = columns(schema, Kind.SET, Kind.VECTOR);
    this.makesStrings = makesStrings;
  }

  private static int[] columns(LogSchema schema, Kind... kinds) {
    var fields = schema.fields();
    return IntStream.range(0, fields.size())
        .filter(i -> Arrays.asList(kinds).contains(fields.get(i).type().kind()))
        .toArray();
  }

  long value() {
    return sum;
  }

  void add(LogRecord record) {
    long total = addTimes(record) + addNumbers(record) + addAddresses(record) + addFlags(record);
    sum += total + (makesStrings ? addStrings(record) : addLengths(record));
  }

  private long addTimes(LogRecord record) {
    long total = 0;
    for (int i : times) {
      total += record.isUnset(i) ? 0 : record.timeMicros(i);
    }
    for (int i : intervals) {
      total += record.isUnset(i) ? 0 : record.intervalMicros(i);
    }
    return total;
  }

  private long addNumbers(LogRecord record) {
    long total = 0;
    for (int i : numbers) {
      total += record.integer(i, 0);
    }
    for (int i : reals) {
      total += record.isUnset(i) ? 0 : (long) record.real(i);
    }
    return total;
  }

  private long addAddresses(LogRecord record) {
    long total = 0;
    for (int i : addresses) {
      total += record.addressBytes(i, address) + address[3];
    }
    return total;
  }

  private long addFlags(LogRecord record) {
    long total = 0;
    for (int i : flags) {
      total += !record.isUnset(i) && record.bool(i) ? 1 : 0;
    }
    return total;
  }

  private long addLengths(LogRecord record) {
    long total = 0;
    for (int i : texts) {
      total += record.isUnset(i) ? 0 : HostAccess.end(record, i) - HostAccess.start(record, i);
    }
    for (int i : sets) {
      total += record.isUnset(i) ? 0 : HostAccess.end(record, i) - HostAccess.start(record, i);
    }
    return total;
  }

  private long addStrings(LogRecord record) {
    long total = 0;
    for (int i : texts) {
      total += length(record.string(i));
    }
    for (int i : sets) {
      total += record.elements(i).size();
    }
    return total;
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
