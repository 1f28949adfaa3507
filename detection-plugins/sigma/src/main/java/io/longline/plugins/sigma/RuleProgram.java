package io.longline.plugins.sigma;

import io.longline.plugins.sigma.Expression.Known;
import io.longline.zeek.LogRecord;
import io.longline.zeek.ZeekType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All rules of a log, to be applied in one pass over the fields of a record: each value is searched
 * once for the literals of all rules, and a rule is only looked at if one of its own was found.
 * Rules that have none are looked at each time. Immutable.
 */
final class RuleProgram {

  /** Columns of numbers and addresses, in which no word is found. */
  private static final Set<ZeekType.Kind> NUMBERS =
      EnumSet.of(
          ZeekType.Kind.TIME,
          ZeekType.Kind.INTERVAL,
          ZeekType.Kind.COUNT,
          ZeekType.Kind.INT,
          ZeekType.Kind.PORT,
          ZeekType.Kind.DOUBLE,
          ZeekType.Kind.ADDR,
          ZeekType.Kind.SUBNET);

  private final Fields fields;
  private final List<Rule> rules;

  /** The rules without a trigger. */
  private final int[] always;

  /** The searches in single fields; each also looks for what may be in any. */
  private final List<Search> searches = new ArrayList<>();

  /** The search in all other fields; null if there is nothing to look for. */
  private final @Nullable Search anywhere;

  private final boolean isAnywhereInNumbers;

  /**
   * A search in a field.
   *
   * @param owners the rule of each literal
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Search(int field, LiteralScanner scanner, int[] owners) {}

  /** Literals, and the rule of each. */
  private static final class Literals {
    private final List<Literal> literals = new ArrayList<>();
    private final List<Integer> owners = new ArrayList<>();

    void add(Literal literal, int owner) {
      literals.add(literal);
      owners.add(owner);
    }

    void addAll(Literals others) {
      literals.addAll(others.literals);
      owners.addAll(others.owners);
    }

    Search search(int field) {
      return new Search(
          field,
          new LiteralScanner(literals),
          owners.stream().mapToInt(Integer::intValue).toArray());
    }
  }

  /** The program of some rules. */
  RuleProgram(Fields fields, List<Rule> rules) {
    this.fields = fields;
    this.rules = List.copyOf(rules);
    var unfiltered = new ArrayList<Integer>();
    Map<Integer, Literals> byField = new TreeMap<>();
    for (int i = 0; i < rules.size(); i++) {
      var trigger = rules.get(i).expression().trigger(fields).orElse(null);
      if (trigger == null) {
        unfiltered.add(i);
      } else {
        for (var place : trigger.places()) {
          byField.computeIfAbsent(place.field(), any -> new Literals()).add(place.literal(), i);
        }
      }
    }
    this.always = unfiltered.stream().mapToInt(Integer::intValue).toArray();
    var everywhere = byField.remove(Trigger.ANY_FIELD);
    this.anywhere = everywhere == null ? null : everywhere.search(Trigger.ANY_FIELD);
    this.isAnywhereInNumbers =
        everywhere != null
            && everywhere.literals.stream().anyMatch(each -> each.text().matches("[0-9a-f.:/+-]*"));
    byField.forEach(
        (field, literals) -> {
          if (everywhere != null) {
            literals.addAll(everywhere);
          }
          searches.add(literals.search(field));
        });
  }

  /** How many rules are looked at for each record. */
  int alwaysCount() {
    return always.length;
  }

  /** A state for one thread. */
  Run run() {
    return new Run();
  }

  /** Applies the rules to one record after the other. Confined to one thread. */
  final class Run {

    private final Values values = new Values(fields);
    private final long[] lastRow = new long[rules.size()];
    private final int[] candidates = new int[rules.size()];
    private int count;
    private long row;
    private int @Nullable [] owners;
    private int layout;
    private int[] possible = {};
    private int[] rest = {};
    private final LiteralScanner.Finder finder = this::found;

    /** Hands out the rules that a record fulfils, in the order of the rules. */
    void apply(LogRecord record, Consumer<Rule> hits) {
      values.use(record);
      row++;
      count = 0;
      if (layout != values.layout()) {
        useLayout();
      }
      for (int rule : possible) {
        add(rule);
      }
      for (int i = 0; i < searches.size(); i++) {
        search(searches.get(i));
      }
      if (anywhere != null) {
        searchRest(anywhere);
      }
      if (count > 1) {
        Arrays.sort(candidates, 0, count);
      }
      for (int i = 0; i < count; i++) {
        var rule = rules.get(candidates[i]);
        if (rule.expression().matches(values)) {
          hits.accept(rule);
        }
      }
    }

    /** The values of the record. */
    Values values() {
      return values;
    }

    private void search(Search search) {
      int size = values.count(search.field());
      owners = search.owners();
      for (int i = 0; i < size; i++) {
        search.scanner().scan(values.value(search.field(), i).bytes(), true, finder);
      }
    }

    /** Sets and vectors of TSV are searched as they stand there, without taking them apart. */
    private void searchRest(Search search) {
      owners = search.owners();
      for (int column : rest) {
        if (values.isJson() || !values.type(column).isContainer()) {
          var cell = values.column(column);
          for (int i = 0; i < cell.count(); i++) {
            search.scanner().scan(cell.value(i).bytes(), true, finder);
          }
        } else {
          var bytes = values.record().bytes(column);
          if (bytes != null) {
            search.scanner().scan(bytes, false, finder);
          }
        }
      }
    }

    /** Leaves out what cannot be with the columns of this log. */
    private void useLayout() {
      layout = values.layout();
      rest = rest();
      possible =
          Arrays.stream(always)
              .filter(rule -> rules.get(rule).expression().known(values) != Known.FALSE)
              .toArray();
    }

    /** The columns that no search of a single field looks at. */
    private int[] rest() {
      boolean isJson = values.isJson();
      return IntStream.range(0, values.columnCount())
          .filter(
              column ->
                  isJson || isAnywhereInNumbers || !NUMBERS.contains(values.type(column).kind()))
          .filter(
              column ->
                  searches.stream().noneMatch(each -> values.columnOf(each.field()) == column))
          .toArray();
    }

    private void found(int literal) {
      if (owners != null) {
        add(owners[literal]);
      }
    }

    private void add(int rule) {
      if (lastRow[rule] != row) {
        lastRow[rule] = row;
        candidates[count++] = rule;
      }
    }
  }
}
