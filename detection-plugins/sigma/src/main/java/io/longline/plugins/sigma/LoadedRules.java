package io.longline.plugins.sigma;

import io.longline.api.HookContext;
import io.longline.api.Interest;
import io.longline.zeek.WantedField;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Rules as they were read, and whether that has been reported. Thread-safe.
 *
 * @param documents what was read
 * @param set the rules
 * @param wantsAll whether all fields are wanted, for the record in rows
 * @param isReported whether a call has reported what is wrong with them
 */
record LoadedRules(
    RuleDocuments documents, RuleSet set, boolean wantsAll, AtomicBoolean isReported) {

  private static final int MAX_REPORTED = 200;

  LoadedRules(RuleDocuments documents, RuleSet set, boolean wantsAll) {
    this(documents, set, wantsAll, new AtomicBoolean());
  }

  /** The logs and fields that the rules use; all of a log if they search in all fields. */
  Interest interest() {
    Interest interest = null;
    for (var rules : new TreeMap<>(set.logs()).values()) {
      interest = interest == null ? Interest.in(rules.log()) : interest.andIn(rules.log());
      if (!wantsAll && !rules.readAll()) {
        interest = interest.fields(rules.fields().all().stream().map(LoadedRules::wanted).toList());
      }
      interest = interest.inAnyOrder().ifPresent();
    }
    return interest == null
        ? Interest.none(
            "None of the rules can be used: see rules, min-level, status, include and exclude.")
        : interest;
  }

  private static WantedField wanted(String name) {
    var names = Fields.names(name);
    return WantedField.optional(name).orNamed(names.subList(1, names.size()));
  }

  /** Reports rules that cannot be used, once. */
  void report(HookContext context) {
    if (!isReported.compareAndSet(false, true)) {
      return;
    }
    int leftOut = documents.rules().size() - set.size() - set.problems().size();
    context
        .logger()
        .debug(
            "{} Sigma rules are used.{}{}",
            set.size(),
            leftOut <= 0
                ? ""
                : " %,d are left out by the settings, or counted by correlations."
                    .formatted(leftOut),
            counts(documents.others()));
    report(documents.problems(), context);
    report(set.problems(), context);
    report(set.notices(), context);
  }

  /** Those of the rules whose fields are read, with remarks on the others. */
  LoadedRules readable(Interest read) {
    var unread = unread(read);
    if (unread.isEmpty()) {
      return this;
    }
    var logs = new HashMap<String, LogRules>();
    set.logs()
        .forEach(
            (path, rules) ->
                rules
                    .only(rule -> isRead(rule, rule.fields(), read))
                    .ifPresent(kept -> logs.put(path, kept)));
    return restricted(logs, unread);
  }

  /** Some of the rules, with further remarks. */
  LoadedRules restricted(Map<String, LogRules> logs, List<String> remarks) {
    var notices = new ArrayList<>(set.notices());
    notices.addAll(remarks);
    return new LoadedRules(
        documents, new RuleSet(logs, set.problems(), notices), wantsAll, isReported);
  }

  /** Whether a rule finds all that it looks at, and these fields, in what is read. */
  static boolean isRead(Rule rule, Collection<String> fields, Interest read) {
    return read.logs().stream()
        .filter(log -> log.path().equals(rule.log()))
        .anyMatch(
            log ->
                log.fields().isEmpty()
                    || (!rule.expression().readsAll()
                        && fields.stream()
                            .allMatch(field -> log.fields().contains(wanted(field)))));
  }

  /** What rules that have come since the host started would need besides. */
  List<String> unread(Interest read) {
    var unread = new ArrayList<String>();
    for (var log : interest().logs()) {
      var fields = read.logs().stream().filter(each -> each.path().equals(log.path())).findFirst();
      boolean isRead =
          fields.isPresent()
              && (fields.get().fields().isEmpty()
                  || (!log.fields().isEmpty() && fields.get().fields().containsAll(log.fields())));
      if (!isRead) {
        unread.add(
            "New rules need more of the log %s than is read: start Longline again to use them"
                .formatted(log.path()));
      }
    }
    return unread;
  }

  private static void report(List<String> messages, HookContext context) {
    messages.stream().limit(MAX_REPORTED).forEach(message -> context.warn(message + "."));
    if (messages.size() > MAX_REPORTED) {
      context.warn("%,d more such rules.".formatted(messages.size() - MAX_REPORTED));
    }
  }

  private static String counts(Map<String, Integer> others) {
    return others.isEmpty()
        ? ""
        : new TreeMap<>(others)
            .entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(
                    Collectors.joining(
                        ", ", " Others are for log sources that Zeek does not have: ", "."));
  }
}
