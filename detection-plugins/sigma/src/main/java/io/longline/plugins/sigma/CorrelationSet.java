package io.longline.plugins.sigma;

import io.longline.api.HookContext;
import io.longline.api.Interest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Correlation rules, and the rules whose hits they count. Immutable, and may be used by any number
 * of threads.
 *
 * @param loaded the rules whose hits are counted
 * @param byKey the correlations by the ids of their headers
 * @param feeds for each rule, the same object, the correlations that count its hits
 */
record CorrelationSet(
    LoadedRules loaded,
    Map<String, LinkedCorrelation> byKey,
    IdentityHashMap<Rule, List<Feed>> feeds) {

  /**
   * What a correlation needs of the hits of a rule.
   *
   * @param correlation the correlation
   * @param rule the position in it of the rule, or of the correlation that counts the rule
   * @param inner the position of the rule in that other correlation, or {@link Occurrence#DIRECT}
   * @param group the fields whose values are equal in a group
   * @param innerGroup the fields whose values are equal in a group of the other correlation
   * @param counted the fields whose values are counted
   */
  record Feed(
      LinkedCorrelation correlation,
      int rule,
      int inner,
      List<Integer> group,
      List<Integer> innerGroup,
      List<Integer> counted) {}

  /** The correlations of some documents. */
  static CorrelationSet of(SigmaSettings settings, RuleDocuments documents) {
    return new CorrelationLinker(documents).link(settings);
  }

  /**
   * The rules that are not reported by themselves, since correlations that are used count them and
   * do not say otherwise.
   */
  static Set<RuleHeader> hidden(SigmaSettings settings, RuleDocuments documents) {
    var hidden = new HashSet<RuleHeader>();
    for (var correlation : new CorrelationLinker(documents).used(settings)) {
      for (var document : documents.rules()) {
        if (correlation.hides(document.header())) {
          hidden.add(document.header());
        }
      }
    }
    return hidden;
  }

  /** The logs and fields that are needed. */
  Interest interest() {
    return byKey.isEmpty()
        ? Interest.none("The folders of rules have no correlation rule that can be used.")
        : loaded.interest();
  }

  /** Reports what cannot be used, once. */
  void report(HookContext context) {
    loaded.report(context);
  }

  /** The correlations of which all rules can be applied to what is read. */
  CorrelationSet readable(Interest read) {
    var unread = loaded.unread(read);
    if (unread.isEmpty()) {
      return this;
    }
    var kept = new HashMap<>(byKey);
    for (var log : loaded.set().logs().values()) {
      for (var rule : log.rules()) {
        for (var feed : feeds(rule)) {
          var fields = new HashSet<>(rule.fields());
          Stream.of(feed.group(), feed.innerGroup(), feed.counted())
              .flatMap(List::stream)
              .forEach(field -> fields.add(log.fields().name(field)));
          if (!LoadedRules.isRead(rule, fields, read)) {
            kept.remove(feed.correlation().key());
          }
        }
      }
    }
    var keptFeeds = new IdentityHashMap<Rule, List<Feed>>();
    feeds.forEach(
        (rule, all) -> {
          var some =
              all.stream().filter(feed -> kept.containsKey(feed.correlation().key())).toList();
          if (!some.isEmpty()) {
            keptFeeds.put(rule, some);
          }
        });
    var logs = new HashMap<String, LogRules>();
    loaded
        .set()
        .logs()
        .forEach(
            (path, rules) ->
                rules.only(keptFeeds::containsKey).ifPresent(some -> logs.put(path, some)));
    return new CorrelationSet(loaded.restricted(logs, unread), Map.copyOf(kept), keptFeeds);
  }

  /** The correlations that count the hits of a rule. */
  List<Feed> feeds(Rule rule) {
    return Objects.requireNonNullElse(feeds.get(rule), List.of());
  }
}
