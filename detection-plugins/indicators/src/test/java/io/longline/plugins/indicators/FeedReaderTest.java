package io.longline.plugins.indicators;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.detections.Addresses;
import io.longline.detections.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedReaderTest {

  private static final String ZEEK = "#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\n";

  @TempDir Path folder;

  private final List<String> problems = new ArrayList<>();
  private final Key key = new Key();
  private IndicatorIndex index;

  private void read(String text, String options) throws Exception {
    var file = folder.resolve("feed.txt");
    Files.write(file, text.getBytes(UTF_8));
    var builder = new IndicatorIndex.Builder(0);
    var entry = FeedEntry.parse(file + " " + options, DomainMatching.BY_FORMAT);
    new FeedReader(entry, builder, problems::add).read();
    index = builder.build();
  }

  private Set<String> domain(String name) {
    return sources(index.domain(key, name.getBytes(ISO_8859_1), 0, name.length()));
  }

  private Set<String> text(IndicatorType type, String text) {
    return sources(index.text(key, type, text.getBytes(ISO_8859_1), 0, text.length()));
  }

  private Set<String> address(String text) {
    var bytes = new byte[16];
    return sources(index.address(key, bytes, Addresses.parse(text, bytes)));
  }

  private Set<String> addressPort(String text, int port) {
    var bytes = new byte[16];
    int length = Addresses.parse(text, bytes);
    return sources(index.addressPort(key, bytes, length, port, null));
  }

  private static Set<String> sources(Match match) {
    return match == null ? Set.of() : match.sources();
  }

  @Test
  void readsFilesOfZeek() throws Exception {
    read(
        "# made by hand\n"
            + ZEEK
            + "192.0.2.1\tIntel::ADDR\tone\ttext\n"
            + "192.0.2.1\tIntel::ADDR\ttwo\t-\n"
            + "2001:DB8::1\tIntel::ADDR\tsix\t-\n"
            + "198.51.100.0/24\tIntel::SUBNET\tnet\t-\r\n"
            + "Evil.Example\tIntel::DOMAIN\tname\t-\n"
            + "evil.example/a\\x5c?b\tIntel::URL\turl\t-\n"
            + "Mozilla (bad)\tIntel::SOFTWARE\tagent\t-\n",
        "");
    assertThat(problems).isEmpty();
    assertThat(index.size()).isEqualTo(7);
    assertThat(address("192.0.2.1")).containsExactly("one", "two");
    assertThat(address("::ffff:192.0.2.1")).containsExactly("one", "two");
    assertThat(address("2001:db8:0::1")).containsExactly("six");
    assertThat(address("198.51.100.77")).containsExactly("net");
    assertThat(address("198.51.101.77")).isEmpty();
    assertThat(domain("evil.example")).containsExactly("name");
    assertThat(domain("EVIL.example.")).containsExactly("name");
    assertThat(domain("sub.evil.example")).isEmpty();
    assertThat(text(IndicatorType.URL, "EVIL.example/A\\?b")).containsExactly("url");
    assertThat(text(IndicatorType.URL, "evil.example")).isEmpty();
    assertThat(text(IndicatorType.SOFTWARE, "mozilla (BAD)")).containsExactly("agent");
    assertThat(text(IndicatorType.FILE_NAME, "mozilla (bad)")).isEmpty();
  }

  @Test
  void badLinesCostThemselvesOnly() throws Exception {
    read(
        ZEEK
            + "192.0.2.1\tIntel::ADDR\tgood\t-\n"
            + "192.0.2.999\tIntel::ADDR\tx\t-\n"
            + "192.0.2.0/33\tIntel::SUBNET\tx\t-\n"
            + "a\tIntel::NEW\tx\t-\n"
            + "\tIntel::DOMAIN\tx\t-\n"
            + "short\tIntel::DOMAIN\n"
            + "more\n".repeat(100)
            + "192.0.2.2\tIntel::ADDR\tgood\t-\n",
        "");
    assertThat(address("192.0.2.1")).containsExactly("good");
    assertThat(address("192.0.2.2")).containsExactly("good");
    assertThat(index.size()).isEqualTo(2);
    var file = folder.resolve("feed.txt");
    assertThat(problems)
        .hasSize(6)
        .contains(
            file
                + ":3: No indicator of the type Intel::ADDR: \"192.0.2.999\tIntel::ADDR\tx\t-\". The line is left out.",
            file
                + ":5: An unknown type of indicators: \"a\tIntel::NEW\tx\t-\". The line is left out.",
            file + ": 105 lines cannot be used and are left out.");
  }

  @Test
  void readsPlainLists() throws Exception {
    read(
        """
        \uFEFF# comment
        ; another
        192.0.2.1 trailing text
        192.0.2.2,more
        192.0.2.3:8080 # C2
        [2001:db8::3]:443
        198.51.100.0/24
        evil.example
        *.wild.example
        0.0.0.0 sink.example
        127.0.0.1\tlocal.example
        https://url.example/path?a=1#b
        host.example/x
        mail@evil.example
        d41d8cd98f00b204e9800998ecf8427e
        "quoted.example"
        """,
        "");
    assertThat(problems).isEmpty();
    assertThat(index.size()).isEqualTo(14);
    var feed = Set.of("feed.txt");
    assertThat(address("192.0.2.1")).isEqualTo(feed);
    assertThat(address("192.0.2.2")).isEqualTo(feed);
    assertThat(address("192.0.2.3")).isEmpty();
    assertThat(addressPort("192.0.2.3", 8080)).isEqualTo(feed);
    assertThat(addressPort("192.0.2.3", 8081)).isEmpty();
    assertThat(addressPort("2001:db8::3", 443)).isEqualTo(feed);
    assertThat(address("198.51.100.255")).isEqualTo(feed);
    for (var name : List.of("evil", "wild", "sink", "local", "quoted")) {
      assertThat(domain(name + ".example")).as(name).isEqualTo(feed);
      assertThat(domain("a.b." + name + ".example")).as(name).isEqualTo(feed);
      assertThat(domain("not" + name + ".example")).as(name).isEmpty();
    }
    assertThat(domain("example")).isEmpty();
    assertThat(text(IndicatorType.URL, "url.example/path?a=1")).isEqualTo(feed);
    assertThat(text(IndicatorType.URL, "host.example/x")).isEqualTo(feed);
    assertThat(text(IndicatorType.EMAIL, "MAIL@evil.example")).isEqualTo(feed);
    assertThat(text(IndicatorType.FILE_HASH, "D41D8CD98F00B204E9800998ECF8427E")).isEqualTo(feed);
  }

  @Test
  void whatIsNoIndicatorIsLeftOut() throws Exception {
    read("localhost\n1.2.3\n12345\nno name\n-bad-.example\n1.2.3.4.5\n192.0.2.1:70000\n", "");
    assertThat(index.size()).isZero();
    assertThat(problems).hasSize(6).last().asString().contains("7 lines");
  }

  @Test
  void domainsMayBeExact() throws Exception {
    read("evil.example\n*.wild.example\n", "domains=exact source=mine");
    assertThat(domain("evil.example")).containsExactly("mine");
    assertThat(domain("a.evil.example")).isEmpty();
    assertThat(domain("a.wild.example")).containsExactly("mine");
    read(ZEEK + "evil.example\tIntel::DOMAIN\tx\t-\n", "domains=suffix");
    assertThat(domain("a.evil.example")).containsExactly("x");
  }

  @Test
  void aListMayHaveAnyType() throws Exception {
    read("Evil Agent/1.0 (x)\n", "type=software");
    assertThat(text(IndicatorType.SOFTWARE, "evil agent/1.0 (x)")).isNotEmpty();
    read("e7d705a3286e19ea42f587b344ee6865\n", "type=ja3");
    assertThat(text(IndicatorType.JA3, "e7d705a3286e19ea42f587b344ee6865")).isNotEmpty();
  }

  @Test
  void findsTheColumnOfATable() throws Exception {
    read(
        """
        ################
        # id,dateadded,url,threat
        "1","2024-01-01","http://evil.example/a,""b""\","x"
        "2","2024-01-01","no url","x"
        """,
        "");
    assertThat(text(IndicatorType.URL, "evil.example/a,\"b\"")).containsExactly("feed.txt");
    assertThat(problems).hasSize(1).first().asString().contains(":4: No indicator in column 3");
    problems.clear();
    read("first_seen;dst_ip;dst_port\n2024;192.0.2.7;80\n", "");
    assertThat(address("192.0.2.7")).isNotEmpty();
    read("a|Bad Name|c\nx|evil.example|y\n", "");
    assertThat(domain("evil.example")).isEmpty();
    problems.clear();
    read("x|evil.example|y\n", "column=2 domains=exact");
    assertThat(domain("evil.example")).isNotEmpty();
    read("a|target|c\nx|evil.example|y\n", "column=Target");
    assertThat(domain("www.evil.example")).isNotEmpty();
    assertThat(problems).isEmpty();
  }

  @Test
  void namesOptionsThatDoNotExist() {
    assertThatThrownBy(() -> FeedEntry.parse("/a b/c type=none", DomainMatching.EXACT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("type none");
    assertThatThrownBy(() -> FeedEntry.parse("/a domains=some", DomainMatching.EXACT))
        .hasMessageContaining("domains=some");
    assertThat(FeedEntry.parse("/a b/c=d x source=e", DomainMatching.EXACT).path())
        .isEqualTo(Path.of("/a b/c=d x"));
  }

  @Test
  void aFeedMayBeAnything() throws Exception {
    var bytes = new byte[300_000];
    new Random(5).nextBytes(bytes);
    read(new String(bytes, ISO_8859_1), "");
    read(ZEEK + new String(bytes, ISO_8859_1), "");
    read("\"".repeat(200_000) + "\n" + ",".repeat(200_000), "column=1");
    read("1".repeat(5_000_000), "");
    read("", "");
    assertThat(index.size()).isZero();
  }

  @Test
  void manyDescriptionsDoNotFillTheMemory() throws Exception {
    var text = new StringBuilder(ZEEK);
    for (int i = 0; i < 30_000; i++) {
      text.append("n").append(i).append(".example\tIntel::DOMAIN\tsource").append(i);
      text.append("\tdescription ").append(i).append('\n');
    }
    read(text.toString(), "");
    assertThat(problems).isEmpty();
    assertThat(domain("n5.example")).containsExactly("source5");
    assertThat(domain("n15000.example")).containsExactly("source15000");
    assertThat(domain("n29999.example")).containsExactly("feed.txt");
  }
}
