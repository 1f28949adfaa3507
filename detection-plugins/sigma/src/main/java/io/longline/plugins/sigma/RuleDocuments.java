package io.longline.plugins.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The documents of all rule files. Immutable.
 *
 * @param site what is particular to the site
 * @param rules rules for logs that Zeek has
 * @param filters filters
 * @param correlations correlation rules
 * @param others how many rules are for log sources that Zeek does not have
 * @param problems what cannot be used, and why
 */
record RuleDocuments(
    SiteFile site,
    List<RuleDocument> rules,
    List<RuleDocument> filters,
    List<RuleDocument> correlations,
    Map<String, Integer> others,
    List<String> problems) {

  /**
   * Reads the documents.
   *
   * @param settings which files there are
   * @param files the files
   * @param earlier what was read before, whose site file is used if the new one cannot be; null for
   *     none
   * @throws IllegalArgumentException if the site file cannot be used, and nothing was read before
   */
  static RuleDocuments read(
      SigmaSettings settings, RuleFiles files, @Nullable RuleDocuments earlier) {
    var problems = new ArrayList<>(files.problems());
    var site = settings.site().isEmpty() ? SiteFile.NONE : null;
    if (site == null) {
      var file = settings.site().orElseThrow();
      try {
        site = SiteFile.read(file);
      } catch (RuleException e) {
        var problem = "the site file %s: %s".formatted(file, e.getMessage());
        if (earlier == null) {
          throw new IllegalArgumentException("Sigma: " + problem + ".");
        }
        problems.add(problem + "; it is used as it was before");
        site = earlier.site();
      }
    }
    var reader = new Reader(site);
    reader.problems.addAll(problems);
    files.files().forEach(file -> reader.read(file.toString(), file));
    return reader.documents();
  }

  /** Sorts documents by what they are. Confined to one thread. */
  private static final class Reader {

    private final SiteFile site;
    private final List<RuleDocument> rules = new ArrayList<>();
    private final List<RuleDocument> filters = new ArrayList<>();
    private final List<RuleDocument> correlations = new ArrayList<>();
    private final Map<String, Integer> others = new TreeMap<>();
    private final Map<String, String> filesById = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    Reader(SiteFile site) {
      this.site = site;
    }

    void read(String name, java.nio.file.Path file) {
      try {
        for (var yaml : YamlFile.read(file)) {
          try {
            add(yaml, name);
          } catch (RuleException e) {
            problems.add(name + ": " + e.getMessage());
          }
        }
      } catch (RuleException e) {
        problems.add(name + ": " + e.getMessage());
      }
    }

    private void add(Map<?, ?> yaml, String file) throws RuleException {
      if (yaml.containsKey("action")) {
        throw new RuleException("documents with \"action\" are of Sigma 1");
      }
      var header = RuleHeader.of(yaml, file);
      var source = LogSource.of(yaml);
      var document = new RuleDocument(header, yaml, source, site.log(source).orElse(null));
      if (document.isCorrelation()) {
        addUnlessKnown(correlations, document);
      } else if (document.isFilter()) {
        filters.add(document);
      } else if (document.log() == null) {
        others.merge(source.toString(), 1, Integer::sum);
      } else {
        addUnlessKnown(rules, document);
      }
    }

    private void addUnlessKnown(List<RuleDocument> list, RuleDocument document)
        throws RuleException {
      var id = document.header().id();
      var other = id == null ? null : filesById.putIfAbsent(id, document.header().file());
      if (other != null) {
        throw new RuleException("the id " + id + " is that of a rule in " + other);
      }
      list.add(document);
    }

    RuleDocuments documents() {
      return new RuleDocuments(
          site,
          List.copyOf(rules),
          List.copyOf(filters),
          List.copyOf(correlations),
          Map.copyOf(others),
          List.copyOf(problems));
    }
  }
}
