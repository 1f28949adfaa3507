package io.longline.plugins.firstseen;

import io.longline.api.Setting;
import io.longline.detections.AddressRanges;
import io.longline.detections.AllowList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The settings of this plugin.
 *
 * @param kinds the kinds of values that are recorded
 * @param alerts those of which new values are findings
 * @param internal the networks that are internal
 * @param learning how long values are learned
 * @param forget after what time without it a value is new again
 * @param reappearance after what time without it a value is reported that is not new
 * @param allowLists own files of what is expected
 * @param warningLists a folder of MISP warning lists
 * @param warningListNames which of them are used
 */
public record FirstSeenSettings(
    @Setting(
            description =
                "What is recorded: internal-host, external-ip, host-port, source, destination, pair, fqdn, registered-domain, http-host, user-agent, sni, ja3, ja4, certificate, mac.",
            defaultValue =
                "internal-host,external-ip,host-port,source,destination,fqdn,registered-domain,http-host,user-agent,sni,ja3,ja4,certificate,mac")
        List<String> kinds,
    @Setting(
            description = "Of what new values are findings, after the time of learning.",
            defaultValue =
                "internal-host,external-ip,host-port,registered-domain,user-agent,ja3,ja4,mac")
        List<String> alerts,
    @Setting(
            description = "The networks that are internal.",
            defaultValue = "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fd00::/8")
        List<String> internal,
    @Setting(
            description =
                "How long values of a kind are learned, from the first of them: they are recorded, but are no findings.",
            defaultValue = "7d",
            min = "0s")
        Duration learning,
    @Setting(
            description = "A value that was not seen for so long is new again.",
            defaultValue = "90d",
            min = "1h")
        Duration forget,
    @Setting(
            description =
                "A value that was not seen for so long is reported when it is seen again; without it, none is.",
            min = "1h")
        Optional<Duration> reappearance,
    @Setting(
            description =
                "Files of what is expected: an address, subnet, name or /expression/ on each line.",
            defaultValue = "")
        List<Path> allowLists,
    @Setting(description = "A folder of MISP warning lists.") Optional<Path> warningLists,
    @Setting(
            description =
                "The warning lists to use, by name; * stands for any characters. If empty: special addresses, public resolvers, Microsoft, Akamai and top sites.",
            defaultValue = "")
        List<String> warningListNames) {

  /** Checks the names of kinds, and the networks. */
  public FirstSeenSettings {
    kinds = List.copyOf(kinds);
    alerts = List.copyOf(alerts);
    internal = List.copyOf(internal);
    allowLists = List.copyOf(allowLists);
    warningListNames = List.copyOf(warningListNames);
    set("kinds", kinds);
    set("alerts", alerts);
    AddressRanges.of(internal);
  }

  private static Set<Kind> set(String setting, List<String> words) {
    var kinds = EnumSet.noneOf(Kind.class);
    for (var word : words) {
      var kind = Kind.of(word);
      if (kind == null) {
        throw new IllegalArgumentException(
            "%s: there is no kind \"%s\". Use %s."
                .formatted(
                    setting,
                    word,
                    String.join(", ", Arrays.stream(Kind.values()).map(Kind::word).toList())));
      }
      kinds.add(kind);
    }
    return kinds;
  }

  /** The kinds that are recorded. */
  Set<Kind> recorded() {
    return set("kinds", kinds);
  }

  /** The kinds of which new values are findings. */
  Set<Kind> alerting() {
    return set("alerts", alerts);
  }

  /** The internal networks. */
  AddressRanges internalRanges() {
    return AddressRanges.of(internal);
  }

  /**
   * Checks that the allow lists exist.
   *
   * @throws IllegalArgumentException if one does not; the message names it
   */
  void checkFiles() {
    allowLists.forEach(file -> check("allow-lists", file));
    warningLists.ifPresent(folder -> check("warning-lists", folder));
  }

  private static void check(String setting, Path path) {
    if (!Files.isReadable(path)) {
      throw new IllegalArgumentException(
          "%s: %s does not exist, or cannot be read.".formatted(setting, path.toAbsolutePath()));
    }
  }

  /** Reads the allow lists. */
  AllowList allowList(Consumer<String> problems) {
    var builder = new AllowList.Builder(problems);
    builder.own(allowLists);
    warningLists.ifPresent(
        folder ->
            builder.warningLists(
                folder, warningListNames.isEmpty() ? AllowList.DEFAULT_NAMES : warningListNames));
    return builder.build();
  }
}
