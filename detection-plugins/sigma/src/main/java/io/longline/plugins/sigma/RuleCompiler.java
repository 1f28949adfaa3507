package io.longline.plugins.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Makes rules of documents. Confined to one thread. */
final class RuleCompiler {

  private static final List<String> FILTER_KEYS = List.of("rules");
  private static final List<String> EVERY_RULE = List.of("any", "all");

  private final RuleDocuments documents;
  private final Map<String, Fields> fields = new TreeMap<>();
  private final Map<String, List<Rule>> rules = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();

  /** What is wrong with filters, each once however many rules it is for. */
  private final Set<String> filterProblems = new LinkedHashSet<>();

  private RuleCompiler(RuleDocuments documents) {
    this.documents = documents;
  }

  /**
   * Makes the rules that are wanted. What is wrong with one costs no other.
   *
   * @param isWanted which rules are wanted
   */
  static RuleSet compile(RuleDocuments documents, Predicate<RuleHeader> isWanted) {
    var compiler = new RuleCompiler(documents);
    for (var document : documents.rules()) {
      if (isWanted.test(document.header())) {
        compiler.add(document);
      }
    }
    return compiler.rules();
  }

  private void add(RuleDocument document) {
    var log = Objects.requireNonNull(document.log());
    var names =
        new FieldNames(
            log, documents.site().fields(), fields.computeIfAbsent(log, any -> new Fields()));
    try {
      var rule = rule(document, names);
      rules.computeIfAbsent(log, any -> new ArrayList<>()).add(rule);
      if (!names.unmapped().isEmpty()) {
        notices.add(
            "%s: %s has no field %s, so it is taken as absent; map it in the site file under fields"
                .formatted(document.header(), log, String.join(", ", names.unmapped())));
      }
    } catch (RuleException e) {
      problems.add(document.header() + " is not used: " + e.getMessage());
    }
  }

  private Rule rule(RuleDocument document, FieldNames names) throws RuleException {
    var items = new ItemParser(names, documents.site().placeholders());
    var all = new ArrayList<Expression>();
    all.add(
        DetectionParser.parse(Maps.map(document.yaml(), "detection"), items, List.of("timeframe")));
    for (var filter : documents.filters()) {
      filter(filter, document, names).ifPresent(all::add);
    }
    // Without those of suppressions: what these lack is reported.
    var needed = Set.copyOf(names.used());
    var known = new ArrayList<Rule.Known>();
    for (var suppression : documents.site().suppressions()) {
      if (suppression.isFor(document.header())) {
        known.add(new Rule.Known(suppression.test(names), suppression.until()));
      }
    }
    return new Rule(
        document.header(),
        names.log(),
        all.size() == 1 ? all.get(0) : new Expression.And(all),
        needed,
        known);
  }

  /** What a filter asks of a rule; none if it is for others, or cannot be used. */
  private Optional<Expression> filter(RuleDocument filter, RuleDocument rule, FieldNames names) {
    var own = names.fresh();
    try {
      if (!applies(filter, rule)) {
        return Optional.empty();
      }
      var expression =
          DetectionParser.parse(
              Maps.map(filter.yaml(), RuleDocument.FILTER),
              new ItemParser(own, documents.site().placeholders()),
              FILTER_KEYS);
      names.addAll(own);
      return Optional.of(expression);
    } catch (RuleException e) {
      var header = filter.header();
      filterProblems.add(
          "%s: the filter \"%s\" is not used, and its rules are used without it: %s"
              .formatted(header.file(), header.title(), e.getMessage()));
      return Optional.empty();
    }
  }

  private static boolean applies(RuleDocument filter, RuleDocument rule) throws RuleException {
    var names = Maps.texts(Maps.map(filter.yaml(), RuleDocument.FILTER), "rules");
    boolean isForAll = names.size() == 1 && EVERY_RULE.contains(names.get(0));
    return filter.source().includes(rule.source())
        && (isForAll || names.stream().anyMatch(rule.header()::isNamed));
  }

  private RuleSet rules() {
    var logs = new HashMap<String, LogRules>();
    rules.forEach(
        (log, list) -> {
          var used = Objects.requireNonNull(fields.get(log));
          ShownFields.of(log).forEach(used::number);
          logs.put(log, new LogRules(log, used, list, new RuleProgram(used, list)));
        });
    notices.addAll(filterProblems);
    return new RuleSet(logs, problems, notices);
  }
}
