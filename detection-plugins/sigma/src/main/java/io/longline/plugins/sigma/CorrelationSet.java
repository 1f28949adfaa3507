package io.longline.plugins.sigma;

import io.longline.api.HookContext;
import io.longline.api.Interest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Correlation rules, and the rules whose hits they count. Immutable, and may be used by any number
 * of threads.
 *
 * @param loaded the rules whose hits are counted
 * @param byKey the correlations by the ids of their headers
 * @param feeds for each rule, the same object, the correlations that count its hits
 */
record CorrelationSet(
    LoadedRules loaded, Map<String, Correlation> byKey, IdentityHashMap<Rule, List<Feed>> feeds) {

  /**
   * What a correlation needs of the hits of a rule.
   *
   * @param correlation the correlation
   * @param rule the position of the rule in it
   * @param group the fields whose values are equal in a group
   * @param counted the fields whose values are counted
   */
  record Feed(Correlation correlation, int rule, List<Integer> group, List<Integer> counted) {}

  /** The correlations of some documents. */
  static CorrelationSet of(SigmaSettings settings, RuleDocuments documents) {
    return new Builder(documents).build(settings);
  }

  /**
   * The rules that are not reported by themselves, since correlations count them that do not say
   * otherwise.
   */
  static Set<RuleHeader> hidden(RuleDocuments documents) {
    var hidden = new LinkedHashSet<RuleHeader>();
    for (var document : documents.correlations()) {
      try {
        var correlation = CorrelationParser.parse(document);
        documents.rules().stream()
            .map(RuleDocument::header)
            .filter(header -> !correlation.generates() && correlation.position(header) >= 0)
            .forEach(hidden::add);
      } catch (RuleException e) {
        // It is reported where correlations are read; its rules are reported by themselves.
      }
    }
    return hidden;
  }

  /** The logs and fields that are needed. */
  Interest interest() {
    return byKey.isEmpty()
        ? Interest.none("The folders of rules have no correlation rule that can be used.")
        : loaded.interest(false);
  }

  /** Reports what cannot be used, once. */
  void report(HookContext context, Interest read) {
    loaded.report(context, read, false);
  }

  /** Collects the parts. Confined to one thread. */
  private static final class Builder {

    private final RuleDocuments documents;
    private final Map<String, Correlation> byKey = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final IdentityHashMap<Rule, List<Feed>> feeds = new IdentityHashMap<>();

    Builder(RuleDocuments documents) {
      this.documents = documents;
    }

    CorrelationSet build(SigmaSettings settings) {
      for (var document : documents.correlations()) {
        if (settings.uses(document.header())) {
          try {
            var correlation = checked(CorrelationParser.parse(document));
            byKey.put(correlation.header().key(), correlation);
          } catch (RuleException e) {
            problems.add(document.header() + " is not used: " + e.getMessage());
          }
        }
      }
      var set = RuleCompiler.compile(documents, this::isCounted);
      set.logs().values().forEach(log -> log.rules().forEach(rule -> feed(rule, log.fields())));
      problems.addAll(set.problems());
      notices.addAll(set.notices());
      // What is wrong with documents is reported where their rules are applied by themselves.
      var reported =
          new RuleDocuments(documents.site(), List.of(), List.of(), List.of(), Map.of(), List.of());
      return new CorrelationSet(
          new LoadedRules(reported, new RuleSet(set.logs(), problems, notices)),
          Map.copyOf(byKey),
          feeds);
    }

    private Correlation checked(Correlation correlation) throws RuleException {
      for (var name : correlation.rules()) {
        if (documents.rules().stream().noneMatch(rule -> rule.header().isNamed(name))) {
          boolean isCorrelation =
              documents.correlations().stream().anyMatch(rule -> rule.header().isNamed(name));
          throw new RuleException(
              isCorrelation
                  ? "\"%s\" is a correlation itself, which is not supported".formatted(name)
                  : "there is no rule \"%s\" for a log that Zeek writes".formatted(name));
        }
      }
      if (byKey.containsKey(correlation.header().key())) {
        throw new RuleException("another correlation has its id");
      }
      return correlation;
    }

    private boolean isCounted(RuleHeader header) {
      return byKey.values().stream().anyMatch(each -> each.position(header) >= 0);
    }

    private void feed(Rule rule, Fields fields) {
      var names = new FieldNames(rule.log(), documents.site().fields(), fields);
      for (var correlation : byKey.values()) {
        int position = correlation.position(rule.header());
        if (position >= 0) {
          feeds
              .computeIfAbsent(rule, any -> new ArrayList<>())
              .add(
                  new Feed(
                      correlation,
                      position,
                      numbers(correlation, correlation.grouping().fields(), rule, names),
                      numbers(correlation, correlation.grouping().counted(), rule, names)));
        }
      }
      if (!names.unmapped().isEmpty()) {
        notices.add(
            "%s: correlations use the field %s of its hits, which %s does not have; map it in the site file under fields"
                .formatted(rule.header(), String.join(", ", names.unmapped()), rule.log()));
      }
    }

    private static List<Integer> numbers(
        Correlation correlation, List<String> fields, Rule rule, FieldNames names) {
      return fields.stream()
          .map(field -> names.number(correlation.grouping().field(field, rule.header())))
          .toList();
    }
  }

  /** The correlations that count the hits of a rule. */
  List<Feed> feeds(Rule rule) {
    return Objects.requireNonNullElse(feeds.get(rule), List.of());
  }
}
