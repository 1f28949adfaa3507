package io.longline.plugins.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Links correlations with the rules and correlations that they count. Confined to one thread. */
final class CorrelationLinker {

  private static final int DIRECT = Occurrence.DIRECT;

  private final RuleDocuments documents;
  private final Map<String, LinkedCorrelation> byKey = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private final IdentityHashMap<Rule, List<CorrelationSet.Feed>> feeds = new IdentityHashMap<>();

  CorrelationLinker(RuleDocuments documents) {
    this.documents = documents;
  }

  /** The correlations that settings want to be reported. */
  CorrelationSet link(SigmaSettings settings) {
    for (var linked : used(settings)) {
      byKey.put(linked.key(), linked);
    }
    var set =
        RuleCompiler.compile(
            documents, header -> byKey.values().stream().anyMatch(each -> each.counts(header)));
    set.logs().values().forEach(log -> log.rules().forEach(rule -> feed(rule, log.fields())));
    problems.addAll(set.problems());
    notices.addAll(set.notices());
    // What is wrong with documents is reported where their rules are applied by themselves.
    var silent =
        new RuleDocuments(documents.site(), List.of(), List.of(), List.of(), Map.of(), List.of());
    return new CorrelationSet(
        new LoadedRules(silent, new RuleSet(set.logs(), problems, notices), false),
        Map.copyOf(byKey),
        feeds);
  }

  /** The correlations that settings want and that can be used. */
  List<LinkedCorrelation> used(SigmaSettings settings) {
    var parsed = parse();
    var used = new ArrayList<LinkedCorrelation>();
    for (var correlation : parsed) {
      if (settings.uses(correlation.header())) {
        try {
          used.add(linked(correlation, parsed));
        } catch (RuleException e) {
          problems.add(correlation.header() + " is not used: " + e.getMessage());
        }
      }
    }
    return used.stream()
        .filter(each -> used.stream().noneMatch(outer -> outer.hides(each)))
        .toList();
  }

  private List<Correlation> parse() {
    var parsed = new ArrayList<Correlation>();
    var keys = new HashSet<String>();
    for (var document : documents.correlations()) {
      try {
        var correlation = CorrelationParser.parse(document);
        if (keys.add(correlation.header().key())) {
          parsed.add(correlation);
        } else {
          problems.add(document.header() + " is not used: another correlation has its id");
        }
      } catch (RuleException e) {
        problems.add(document.header() + " is not used: " + e.getMessage());
      }
    }
    return parsed;
  }

  private LinkedCorrelation linked(Correlation outer, List<Correlation> parsed)
      throws RuleException {
    var inner = new HashMap<Integer, Correlation>();
    for (int i = 0; i < outer.rules().size(); i++) {
      var name = outer.rules().get(i);
      if (!isRule(name)) {
        inner.put(i, inner(name, outer, parsed));
      }
    }
    var linked = new LinkedCorrelation(outer, inner);
    if (linked.spanMicros() > CorrelationWindows.LONGEST_MICROS) {
      throw new RuleException(
          "its timespan and that of a correlation that it counts are longer than %d days together"
              .formatted(CorrelationWindows.LONGEST.toDays()));
    }
    return linked;
  }

  private boolean isRule(String name) {
    return documents.rules().stream().anyMatch(rule -> rule.header().isNamed(name));
  }

  private Correlation inner(String name, Correlation outer, List<Correlation> parsed)
      throws RuleException {
    for (var correlation : parsed) {
      if (correlation.header().isNamed(name)) {
        if (outer.kind() == Correlation.Kind.VALUE_COUNT) {
          throw new RuleException("values of the correlation \"" + name + "\" cannot be counted");
        }
        for (var each : correlation.rules()) {
          if (!isRule(each)) {
            throw new RuleException(
                "it counts the correlation \"%s\", which counts \"%s\", which is no rule for a log that Zeek writes"
                    .formatted(name, each));
          }
        }
        return correlation;
      }
    }
    throw new RuleException(
        "there is no rule \"%s\" for a log that Zeek writes, and no correlation that can be used"
            .formatted(name));
  }

  private void feed(Rule rule, Fields fields) {
    var names = new FieldNames(rule.log(), documents.site().fields(), fields);
    for (var linked : byKey.values()) {
      var outer = linked.outer();
      int position = outer.position(rule.header());
      if (position >= 0) {
        var group = numbers(outer, rule.header(), names);
        add(
            rule,
            new CorrelationSet.Feed(
                linked, position, DIRECT, group, List.of(), counted(outer, rule, names)));
      }
      linked
          .inner()
          .forEach(
              (at, inner) -> {
                int innerPosition = inner.position(rule.header());
                if (innerPosition >= 0) {
                  var group = numbers(outer, inner.header(), names);
                  var innerGroup = numbers(inner, rule.header(), names);
                  add(
                      rule,
                      new CorrelationSet.Feed(
                          linked,
                          at,
                          innerPosition,
                          group,
                          innerGroup,
                          counted(inner, rule, names)));
                }
              });
    }
    if (!names.unmapped().isEmpty()) {
      notices.add(
          "%s: correlations use the field %s of its hits, which %s does not have; map it in the site file under fields"
              .formatted(rule.header(), String.join(", ", names.unmapped()), rule.log()));
    }
  }

  private void add(Rule rule, CorrelationSet.Feed feed) {
    feeds.computeIfAbsent(rule, any -> new ArrayList<>()).add(feed);
  }

  /** The fields by which a correlation groups the hits of a rule or correlation. */
  private static List<Integer> numbers(
      Correlation correlation, RuleHeader counted, FieldNames names) {
    return correlation.grouping().fields().stream()
        .map(field -> names.number(correlation.grouping().field(field, counted)))
        .toList();
  }

  private static List<Integer> counted(Correlation correlation, Rule rule, FieldNames names) {
    return correlation.grouping().counted().stream()
        .map(field -> names.number(correlation.grouping().field(field, rule.header())))
        .toList();
  }
}
