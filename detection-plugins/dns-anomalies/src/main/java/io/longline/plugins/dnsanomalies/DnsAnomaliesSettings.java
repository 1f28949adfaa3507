package io.longline.plugins.dnsanomalies;

import io.longline.api.Setting;
import java.util.List;
import java.util.Locale;

/**
 * The settings of the plugin. Immutable.
 *
 * @param leastNames how many different names under a domain are a finding
 * @param lowNames up to how many it is low
 * @param mediumNames up to how many it is medium
 * @param highNames from how many the score of the number alone is the highest
 * @param nxdomainNames how many different names that do not exist are a finding for a client
 * @param nxdomainShare the share of the client's names that they must be
 * @param nxdomainDomains under how many registered domains they must be
 * @param allowed domains and clients that are expected to look like this
 */
public record DnsAnomaliesSettings(
    @Setting(
            description =
                "How many different names under a registered domain within 24 hours are a finding.",
            defaultValue = "100",
            min = "1")
        int leastNames,
    @Setting(
            description = "How many names have a score of 0.4, where the finding becomes medium.",
            defaultValue = "500")
        int lowNames,
    @Setting(
            description = "How many names have a score of 0.6, where the finding becomes high.",
            defaultValue = "800")
        int mediumNames,
    @Setting(
            description = "How many names have a score of 0.8, the most for their number alone.",
            defaultValue = "1000")
        int highNames,
    @Setting(
            description =
                "How many different names that do not exist, asked for by one client within 24 hours, are a finding.",
            defaultValue = "100",
            min = "1")
        int nxdomainNames,
    @Setting(
            description = "The share of all names of the client that these must be.",
            defaultValue = "0.5",
            min = "0",
            max = "1")
        double nxdomainShare,
    @Setting(
            description =
                "Under how many registered domains these must be; names that do not exist because of a search suffix are under few.",
            defaultValue = "50",
            min = "0")
        int nxdomainDomains,
    @Setting(
            description =
                "Registered domains, and addresses of clients, whose findings are expected; reports fold them away.",
            defaultValue = "")
        List<String> allowed) {

  /**
   * Checks the values against each other.
   *
   * @throws IllegalArgumentException if the numbers of names do not grow
   */
  public DnsAnomaliesSettings {
    if (leastNames >= lowNames || lowNames >= mediumNames || mediumNames >= highNames) {
      throw new IllegalArgumentException(
          "The settings least-names (%d), low-names (%d), medium-names (%d) and high-names (%d) must grow in this order."
              .formatted(leastNames, lowNames, mediumNames, highNames));
    }
    allowed = allowed.stream().map(entry -> entry.toLowerCase(Locale.ROOT)).toList();
  }
}
