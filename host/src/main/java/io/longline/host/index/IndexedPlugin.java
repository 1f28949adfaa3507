package io.longline.host.index;

import io.longline.host.plugins.ApiRequirement;
import io.longline.host.plugins.Versions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A plugin in an index. Immutable.
 *
 * @param id its id
 * @param description what it does; may be empty
 * @param licence its licence; may be empty
 * @param sites the sites of its hooks
 * @param releases its versions, the newest first
 */
public record IndexedPlugin(
    String id,
    String description,
    String licence,
    List<String> sites,
    List<IndexedRelease> releases) {

  /** Makes copies, and sorts the releases. */
  public IndexedPlugin {
    sites = List.copyOf(sites);
    releases =
        releases.stream()
            .sorted(Comparator.comparing(IndexedRelease::version, Versions::compare).reversed())
            .toList();
  }

  /**
   * The newest version that fits this plugin-api; of those for testing only if there is no other.
   */
  public Optional<IndexedRelease> newest() {
    var fitting =
        releases.stream().filter(each -> ApiRequirement.isMetBy(each.requires())).toList();
    return fitting.stream()
        .filter(each -> !each.version().contains("-"))
        .findFirst()
        .or(() -> fitting.stream().findFirst());
  }

  /** The release of a version. */
  public Optional<IndexedRelease> release(String version) {
    return releases.stream().filter(each -> each.version().equals(version)).findFirst();
  }

  /** Whether a word is in its id or its description, in whatever case. */
  public boolean matches(String word) {
    var wanted = word.toLowerCase(Locale.ROOT);
    return id.toLowerCase(Locale.ROOT).contains(wanted)
        || description.toLowerCase(Locale.ROOT).contains(wanted);
  }
}
