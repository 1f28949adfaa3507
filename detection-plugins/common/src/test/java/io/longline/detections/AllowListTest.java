package io.longline.detections;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowListTest {

  @TempDir Path folder;

  private final List<String> problems = new ArrayList<>();

  private void write(String name, String type, String attributes, String... entries)
      throws Exception {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        {
          "description": "Any \\"text\\", with {[,]}",
          "list": [%s],
          "more": {"a": [1, {"b": null}, "]"], "c": true},
          "matching_attributes": [%s],
          "type": "%s",
          "version": 3
        }
        """
            .formatted(quoted(entries), quoted(attributes.split(" ")), type));
  }

  private static String quoted(String... texts) {
    return texts[0].isEmpty() ? "" : "\"" + String.join("\",\n\"", texts) + "\"";
  }

  private AllowList lists(String... names) {
    return new AllowList.Builder(problems::add).warningLists(folder, List.of(names)).build();
  }

  @Test
  void knowsAllTypesOfWarningLists() throws Exception {
    write("a-net.json", "cidr", "ip-src ip-dst", "192.0.2.0/24", "2001:db8::1", "nonsense");
    write("b-text.json", "string", "domain hostname", "exact.example", ".below.example");
    write("c-host/list.json", "hostname", "hostname url", "host.example", ".dot.example");
    write("d-part.json", "substring", "user-agent", "Bot/");
    write("e-regex.json", "regex", "", "/^mail-\\\\d+\\\\.example$/i", "(unclosed");
    var lists = lists("*");
    assertThat(lists.listOf(SeenKind.ADDRESS, "192.0.2.9")).isEqualTo("a-net");
    assertThat(lists.listOf(SeenKind.ADDRESS, "2001:DB8:0::1")).isEqualTo("a-net");
    assertThat(lists.listOf(SeenKind.ADDRESS, "192.0.3.9")).isNull();
    assertThat(lists.listOf(SeenKind.NAME, "EXACT.example")).isEqualTo("b-text");
    assertThat(lists.listOf(SeenKind.NAME, "sub.exact.example")).isNull();
    assertThat(lists.listOf(SeenKind.NAME, "sub.below.example")).isEqualTo("b-text");
    assertThat(lists.listOf(SeenKind.NAME, "below.example.")).isEqualTo("b-text");
    assertThat(lists.listOf(SeenKind.NAME, "a.b.host.example")).isEqualTo("c-host");
    assertThat(lists.listOf(SeenKind.NAME, "ahost.example")).isNull();
    assertThat(lists.listOf(SeenKind.URL, "http://www.dot.example:8080/x?y")).isEqualTo("c-host");
    assertThat(lists.listOf(SeenKind.URL, "www.dot.example/x")).isEqualTo("c-host");
    assertThat(lists.listOf(SeenKind.URL, "evil.example/www.dot.example")).isNull();
    assertThat(lists.listOf(SeenKind.TEXT, "a bot/1.0")).isEqualTo("d-part");
    assertThat(lists.listOf(SeenKind.NAME, "a bot/1.0")).isNull();
    assertThat(lists.listOf(SeenKind.NAME, "Mail-12.example")).isEqualTo("e-regex");
    assertThat(problems)
        .hasSize(2)
        .anyMatch(line -> line.contains("a-net.json, entry 3: \"nonsense\""))
        .anyMatch(line -> line.contains("e-regex.json, entry 2: \"(unclosed\""));
  }

  @Test
  void usesTheListsThatAreNamed() throws Exception {
    write("microsoft-azure.json", "cidr", "ip-dst", "198.51.100.0/24");
    write("vpn-ipv4.json", "cidr", "ip-dst", "66.63.168.0/24");
    var lists = lists(AllowList.DEFAULT_NAMES.toArray(String[]::new));
    assertThat(lists.listOf(SeenKind.ADDRESS, "198.51.100.1")).isEqualTo("microsoft-azure");
    assertThat(lists.listOf(SeenKind.ADDRESS, "66.63.168.35")).isNull();
    assertThat(lists("vpn*4").listOf(SeenKind.ADDRESS, "66.63.168.35")).isEqualTo("vpn-ipv4");
    assertThat(lists("vpn").isEmpty()).isTrue();
    assertThat(lists("vpn-ipv4*ipv4").isEmpty()).isTrue();
  }

  @Test
  void readsOwnLists() throws Exception {
    var file =
        Files.writeString(
            folder.resolve("ours.txt"),
            "# comment\n\n10.1.0.0/16 # the lab\r\nexample.org\n*.wild.example\n/^x-[0-9]+$/\nUpdater 2.0\n/(/\n");
    var lists = new AllowList.Builder(problems::add).own(List.of(file)).build();
    assertThat(lists.listOf(SeenKind.ADDRESS, "10.1.2.3")).isEqualTo("ours");
    assertThat(lists.listOf(SeenKind.NAME, "www.example.org")).isEqualTo("ours");
    assertThat(lists.listOf(SeenKind.NAME, "a.wild.example")).isEqualTo("ours");
    assertThat(lists.listOf(SeenKind.EMAIL, "a@example.org")).isEqualTo("ours");
    assertThat(lists.listOf(SeenKind.TEXT, "updater 2.0")).isEqualTo("ours");
    assertThat(lists.listOf(SeenKind.TEXT, "x-12")).isEqualTo("ours");
    assertThat(lists.listOf(SeenKind.TEXT, "x-12a")).isNull();
    assertThat(problems).hasSize(1).first().asString().contains("ours.txt, entry 8: \"/(/\"");
  }

  @Test
  void aBrokenListCostsItselfOnly() throws Exception {
    Files.writeString(folder.resolve("a.json"), "{\"list\": [\"x");
    Files.writeString(folder.resolve("b.json"), "[]");
    Files.writeString(folder.resolve("c.json"), "{\"a\":" + "[".repeat(100_000));
    write("d.json", "string", "", "good.example");
    assertThat(lists("*").listOf(SeenKind.NAME, "good.example")).isEqualTo("d");
    assertThat(problems).hasSize(3).allMatch(line -> line.contains("cannot be read"));
  }

  @Test
  void understandsEscapes() throws Exception {
    Files.writeString(
        folder.resolve("a.json"),
        "\uFEFF{\"type\":\"string\",\"list\":[\"\\u00e4\\ud83d\\ude00\\/\\\"\\\\\", 3, null]}");
    assertThat(lists("a").listOf(SeenKind.TEXT, "ä😀/\"\\")).isEqualTo("a");
    assertThat(problems).isEmpty();
  }
}
