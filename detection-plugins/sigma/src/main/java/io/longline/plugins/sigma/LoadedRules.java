package io.longline.plugins.sigma;

import io.longline.api.HookContext;
import io.longline.api.Interest;
import io.longline.zeek.WantedField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rules as they were read, and whether that has been reported. Thread-safe.
 *
 * @param documents what was read
 * @param set the rules
 * @param isReported whether a call has reported what is wrong with them
 */
record LoadedRules(RuleDocuments documents, RuleSet set, AtomicBoolean isReported) {

  private static final int MAX_REPORTED = 200;

  LoadedRules(RuleDocuments documents, RuleSet set) {
    this(documents, set, new AtomicBoolean());
  }

  /** The logs and fields that the rules use; all of a log if they search in all fields. */
  Interest interest(boolean wantsAll) {
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

  /**
   * Reports rules that cannot be used, once.
   *
   * @param read what the host reads; null if that is not known
   */
  void report(HookContext context, @Nullable Interest read, boolean wantsAll) {
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
    if (read != null) {
      report(unread(read, wantsAll), context);
    }
  }

  /** What rules that have come since the host started would need besides. */
  List<String> unread(Interest read, boolean wantsAll) {
    var unread = new ArrayList<String>();
    for (var log : interest(wantsAll).logs()) {
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
