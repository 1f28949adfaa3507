package io.longline.plugins.sigma;

import io.longline.zeek.ZeekFormatException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalField;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;

/** What a rule asks of a field. Immutable. */
sealed interface FieldTest {

  /** The number of the field. */
  int field();

  /** Whether the record at hand fulfils it. */
  boolean matches(Values values);

  /** Literals of which a value has one if the record fulfils it; empty if there are no such. */
  default List<Literal> literals() {
    return List.of();
  }

  /** The value that fulfils it, to be shown; empty if there is none to show. */
  default String shown(Values values) {
    return values.count(field()) == 0 ? "" : values.value(field(), 0).text();
  }

  /** The name of the field, to be shown. */
  default String name(Values values) {
    return values.name(field());
  }

  /** A test that one of the field's values has to fulfil. */
  record Of(int field, ValueTest test) implements FieldTest {

    @Override
    public boolean matches(Values values) {
      return find(values) >= 0;
    }

    private int find(Values values) {
      int count = values.count(field);
      for (int i = 0; i < count; i++) {
        if (test.matches(values.value(field, i))) {
          return i;
        }
      }
      return -1;
    }

    @Override
    public List<Literal> literals() {
      return test.literals();
    }

    @Override
    public String shown(Values values) {
      int found = find(values);
      return found < 0 ? "" : values.value(field, found).text();
    }
  }

  /** A keyword that was found in a column; only to be shown. */
  record OfColumn(int column, ValueTest test) implements FieldTest {

    @Override
    public int field() {
      return Trigger.ANY_FIELD;
    }

    @Override
    public boolean matches(Values values) {
      return !shown(values).isEmpty();
    }

    @Override
    public String name(Values values) {
      return values.record().name(column);
    }

    @Override
    public String shown(Values values) {
      var cell = values.column(column);
      for (int i = 0; i < cell.count(); i++) {
        if (test.matches(cell.value(i))) {
          return cell.value(i).text();
        }
      }
      return "";
    }
  }

  /** Whether the field is absent or empty: {@code null}. */
  record Null(int field) implements FieldTest {

    @Override
    public boolean matches(Values values) {
      return values.isNull(field);
    }
  }

  /** Whether the field is there, empty or not: {@code exists}. */
  record Exists(int field, boolean isExpected) implements FieldTest {

    @Override
    public boolean matches(Values values) {
      return values.isSet(field) == isExpected;
    }
  }

  /** A part of a time, in UTC. */
  record TimePart(int field, TemporalField part, LongPredicate expected) implements FieldTest {

    @Override
    public boolean matches(Values values) {
      if (!values.isSet(field)) {
        return false;
      }
      try {
        long micros = values.record().timeMicros(values.columnOf(field));
        var time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        return expected.test(time.getLong(part));
      } catch (ZeekFormatException e) {
        // Not a time, so it has no such part.
        return false;
      }
    }
  }

  /** A comparison with the values of another field: {@code fieldref}. */
  record Reference(int field, int other, Relation relation, boolean isCased) implements FieldTest {

    @Override
    public boolean matches(Values values) {
      int count = values.count(field);
      int others = values.count(other);
      for (int i = 0; i < count; i++) {
        for (int k = 0; k < others; k++) {
          if (relates(values.value(field, i), values.value(other, k))) {
            return true;
          }
        }
      }
      return false;
    }

    private boolean relates(Value value, Value part) {
      return isCased
          ? relation.holds(value.canonical(), part.canonical())
          : relation.holds(value.folded(), part.folded());
    }
  }

  /** How a value relates to a part of it. */
  enum Relation {
    EQUALS,
    STARTS_WITH,
    ENDS_WITH,
    CONTAINS;

    boolean holds(byte[] value, byte[] part) {
      int last = value.length - part.length;
      IntPredicate isAt =
          start -> java.util.Arrays.equals(value, start, start + part.length, part, 0, part.length);
      return last >= 0
          && switch (this) {
            case EQUALS -> last == 0 && isAt.test(0);
            case STARTS_WITH -> isAt.test(0);
            case ENDS_WITH -> isAt.test(last);
            case CONTAINS -> contains(value, part);
          };
    }

    /** Knuth, Morris and Pratt's search, whose time grows with the two lengths only. */
    private static boolean contains(byte[] value, byte[] part) {
      if (part.length == 0) {
        return true;
      }
      int[] borders = borders(part);
      int matched = 0;
      for (byte each : value) {
        matched = next(borders, part, matched, each);
        if (matched == part.length) {
          return true;
        }
      }
      return false;
    }

    /** For each length of a beginning of the part, the longest other beginning that ends it. */
    private static int[] borders(byte[] part) {
      int[] borders = new int[part.length + 1];
      int matched = 0;
      for (int i = 1; i < part.length; i++) {
        matched = next(borders, part, matched, part[i]);
        borders[i + 1] = matched;
      }
      return borders;
    }

    private static int next(int[] borders, byte[] part, int before, byte added) {
      int matched = before;
      while (matched > 0 && part[matched] != added) {
        matched = borders[matched];
      }
      return part[matched] == added ? matched + 1 : matched;
    }
  }
}
