package io.longline.plugins.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a rule asks of a record, with two-valued logic: a test of a field that is absent is false,
 * and its negation is true. Immutable.
 */
sealed interface Expression {

  /** Whether the record at hand fulfils it. */
  boolean matches(Values values);

  /**
   * Something that is found in each record that fulfils it; none if there is nothing like that.
   *
   * @param fields the fields of the log
   */
  Optional<Trigger> trigger(Fields fields);

  /** What is known of it from the columns of a log, before a record is looked at. */
  Known known(Values values);

  /** What is known of an expression. */
  enum Known {
    /** It is true for each record. */
    TRUE,
    /** It is true for no record. */
    FALSE,
    /** Records decide. */
    NOTHING;

    static Known of(boolean value) {
      return value ? TRUE : FALSE;
    }

    /** What is known of all of some expressions, or, if true ones are decisive, of any. */
    private static Known all(List<Expression> expressions, Values values, Known decisive) {
      boolean isCertain = true;
      for (var each : expressions) {
        var known = each.known(values);
        if (known == decisive) {
          return decisive;
        }
        isCertain &= known != NOTHING;
      }
      return isCertain ? decisive.opposite() : NOTHING;
    }

    private Known opposite() {
      return this == NOTHING ? NOTHING : of(this == FALSE);
    }
  }

  /** Hands out the tests that make it true for the record at hand. */
  void explain(Values values, Consumer<FieldTest> reasons);

  /** Whether it looks at all fields of a record. */
  boolean readsAll();

  /** All of some expressions. */
  record And(List<Expression> all) implements Expression {

    public And {
      all = List.copyOf(all);
    }

    @Override
    public boolean matches(Values values) {
      for (int i = 0; i < all.size(); i++) {
        if (!all.get(i).matches(values)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public Optional<Trigger> trigger(Fields fields) {
      Trigger rarest = null;
      for (var each : all) {
        var trigger = each.trigger(fields).orElse(null);
        if (trigger != null && (rarest == null || trigger.weight() < rarest.weight())) {
          rarest = trigger;
        }
      }
      return Optional.ofNullable(rarest);
    }

    @Override
    public Known known(Values values) {
      return Known.all(all, values, Known.FALSE);
    }

    @Override
    public void explain(Values values, Consumer<FieldTest> reasons) {
      all.forEach(each -> each.explain(values, reasons));
    }

    @Override
    public boolean readsAll() {
      return all.stream().anyMatch(Expression::readsAll);
    }
  }

  /** One of some expressions; never true if there are none. */
  record Or(List<Expression> any) implements Expression {

    public Or {
      any = List.copyOf(any);
    }

    @Override
    public boolean matches(Values values) {
      for (int i = 0; i < any.size(); i++) {
        if (any.get(i).matches(values)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public Optional<Trigger> trigger(Fields fields) {
      var places = new ArrayList<Trigger.Place>();
      double weight = 0;
      for (var each : any) {
        var trigger = each.trigger(fields).orElse(null);
        if (trigger == null) {
          return Optional.empty();
        }
        places.addAll(trigger.places());
        weight += trigger.weight();
      }
      return Optional.of(new Trigger(places, weight));
    }

    @Override
    public Known known(Values values) {
      return Known.all(any, values, Known.TRUE);
    }

    @Override
    public void explain(Values values, Consumer<FieldTest> reasons) {
      any.stream()
          .filter(each -> each.matches(values))
          .forEach(each -> each.explain(values, reasons));
    }

    @Override
    public boolean readsAll() {
      return any.stream().anyMatch(Expression::readsAll);
    }
  }

  /** The opposite of an expression. */
  record Not(Expression negated) implements Expression {

    @Override
    public boolean matches(Values values) {
      return !negated.matches(values);
    }

    @Override
    public Optional<Trigger> trigger(Fields fields) {
      return Optional.empty();
    }

    @Override
    public Known known(Values values) {
      return negated.known(values).opposite();
    }

    /** That something is not there cannot be shown. */
    @Override
    public void explain(Values values, Consumer<FieldTest> reasons) {}

    @Override
    public boolean readsAll() {
      return negated.readsAll();
    }
  }

  /** A test of a field. */
  record Check(FieldTest test) implements Expression {

    @Override
    public boolean matches(Values values) {
      return test.matches(values);
    }

    @Override
    public Optional<Trigger> trigger(Fields fields) {
      return test.field() < 0
          ? Optional.empty()
          : Trigger.of(test.field(), fields.name(test.field()), test.literals());
    }

    @Override
    public Known known(Values values) {
      boolean isAbsent = test.field() >= 0 && values.columnOf(test.field()) < 0;
      return isAbsent ? Known.of(test.matches(values)) : Known.NOTHING;
    }

    @Override
    public void explain(Values values, Consumer<FieldTest> reasons) {
      reasons.accept(test);
    }

    @Override
    public boolean readsAll() {
      return false;
    }
  }

  /** A search in all fields. */
  record Keyword(ValueTest test) implements Expression {

    @Override
    public boolean matches(Values values) {
      return find(values) >= 0;
    }

    /** The first column in which it is found; -1 if it is in none. */
    int find(Values values) {
      for (int column = 0; column < values.columnCount(); column++) {
        var cell = values.column(column);
        for (int i = 0; i < cell.count(); i++) {
          if (test.matches(cell.value(i))) {
            return column;
          }
        }
      }
      return -1;
    }

    @Override
    public Optional<Trigger> trigger(Fields fields) {
      return Trigger.of(Trigger.ANY_FIELD, "", test.literals());
    }

    @Override
    public Known known(Values values) {
      return Known.NOTHING;
    }

    @Override
    public void explain(Values values, Consumer<FieldTest> reasons) {
      int column = find(values);
      if (column >= 0) {
        reasons.accept(new FieldTest.OfColumn(column, test));
      }
    }

    @Override
    public boolean readsAll() {
      return true;
    }
  }
}
