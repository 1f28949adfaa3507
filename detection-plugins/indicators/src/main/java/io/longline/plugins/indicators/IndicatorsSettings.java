package io.longline.plugins.indicators;

import io.longline.api.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of this plugin.
 *
 * @param feeds the files and folders with indicators, each with options behind it
 * @param domains which names a domain stands for
 * @param notIn the places where nothing is looked for
 * @param allowLists own files of what is harmless
 * @param warningLists a folder of MISP warning lists
 * @param warningListNames which of them are used
 * @param refresh how often files are looked at
 */
public record IndicatorsSettings(
    @Setting(
            description =
                "Files and folders with indicators. Options may follow the path: column=NAME, type=TYPE, domains=exact or suffix, source=NAME.",
            defaultValue = "")
        List<Path> feeds,
    @Setting(
            description =
                "Whether a domain stands for the names under it too: exact, suffix, or by-format (exact in Zeek's files, suffix in others).",
            defaultValue = "by-format")
        DomainMatching domains,
    @Setting(
            description =
                "Where nothing is looked for, by Zeek's name of the place. By default the header X-Forwarded-For, in which a client can write what it likes.",
            defaultValue = "HTTP::IN_X_FORWARDED_FOR_HEADER")
        List<String> notIn,
    @Setting(
            description =
                "Files of what is harmless: an address, subnet, name or /expression/ on each line.",
            defaultValue = "")
        List<Path> allowLists,
    @Setting(description = "A folder of MISP warning lists.") Optional<Path> warningLists,
    @Setting(
            description =
                "The warning lists to use, by name; * stands for any characters. If empty: special addresses, public resolvers, Microsoft, Akamai and top sites.",
            defaultValue = "")
        List<String> warningListNames,
    @Setting(
            description = "How often to look whether files have changed, at most.",
            defaultValue = "30s",
            min = "0s")
        Duration refresh) {

  /** Makes copies, and checks the names of places. */
  public IndicatorsSettings {
    feeds = List.copyOf(feeds);
    notIn = List.copyOf(notIn);
    Places.checkNames(notIn);
    allowLists = List.copyOf(allowLists);
    warningListNames = List.copyOf(warningListNames);
  }

  /** The feeds with their options. */
  List<FeedEntry> entries() {
    return feeds.stream().map(feed -> FeedEntry.parse(feed.toString(), domains)).toList();
  }
}
