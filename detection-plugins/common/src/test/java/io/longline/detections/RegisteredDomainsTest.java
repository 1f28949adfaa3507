package io.longline.detections;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import crawlercommons.domains.EffectiveTldFinder;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegisteredDomainsTest {

  private final RegisteredDomains domains = RegisteredDomains.bundled();

  /** From tests/test_psl.txt of the list, which is in the public domain. */
  @ParameterizedTest
  @CsvSource({
    "COM,",
    "example.COM, example.com",
    "WwW.example.COM, example.com",
    ".com,",
    ".example,",
    ".example.com,",
    ".example.example,",
    "example,",
    "example.example, example.example",
    "a.b.example.example, example.example",
    "biz,",
    "domain.biz, domain.biz",
    "a.b.domain.biz, domain.biz",
    "com,",
    "a.b.example.com, example.com",
    "uk.com,",
    "example.uk.com, example.uk.com",
    "a.b.example.uk.com, example.uk.com",
    "test.ac, test.ac",
    "mm,",
    "c.mm,",
    "b.c.mm, b.c.mm",
    "a.b.c.mm, b.c.mm",
    "jp,",
    "test.jp, test.jp",
    "ac.jp,",
    "www.test.ac.jp, test.ac.jp",
    "kyoto.jp,",
    "test.kyoto.jp, test.kyoto.jp",
    "ide.kyoto.jp,",
    "a.b.ide.kyoto.jp, b.ide.kyoto.jp",
    "c.kobe.jp,",
    "b.c.kobe.jp, b.c.kobe.jp",
    "a.b.c.kobe.jp, b.c.kobe.jp",
    "city.kobe.jp, city.kobe.jp",
    "www.city.kobe.jp, city.kobe.jp",
    "ck,",
    "test.ck,",
    "b.test.ck, b.test.ck",
    "a.b.test.ck, b.test.ck",
    "www.ck, www.ck",
    "www.www.ck, www.ck",
    "us,",
    "ak.us,",
    "www.test.ak.us, test.ak.us",
    "k12.ak.us,",
    "www.test.k12.ak.us, test.k12.ak.us",
    "食狮.com.cn, 食狮.com.cn",
    "食狮.公司.cn, 食狮.公司.cn",
    "shishi.公司.cn, shishi.公司.cn",
    "公司.cn,",
    "www.食狮.中国, 食狮.中国",
    "中国,",
    "xn--85x722f.com.cn, xn--85x722f.com.cn",
    "www.xn--85x722f.xn--55qx5d.cn, xn--85x722f.xn--55qx5d.cn",
    "xn--55qx5d.cn,",
    "shishi.xn--fiqs8s, shishi.xn--fiqs8s",
    "xn--fiqs8s,",
  })
  void findsWhatTheListSays(String name, String registered) {
    assertThat(domains.of(name)).isEqualTo(registered);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "a..com",
        "com..",
        "198.51.100.7",
        "7",
        "example.com..",
        "*"
      })
  void whatIsNoNameHasNone(String name) {
    assertThat(domains.of(name)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "example.com., example.com",
    "a..example.com, example.com",
    "_ldap._tcp.Ex_Ample.com, ex_ample.com",
    "a b.c;d.tk, c;d.tk",
    "a.github.io, a.github.io",
    "7.com, 7.com",
    "x.7a, x.7a",
  })
  void otherNamesHaveOne(String name, String registered) {
    assertThat(domains.of(name)).isEqualTo(registered);
  }

  @Test
  void bytesNeedNotBeUtf8() {
    var name = "zst-j\u00e4ger\u0000.\u00ff.example.com".getBytes(ISO_8859_1);
    int start = domains.start(name, name.length);
    assertThat(new String(name, start, name.length - start, UTF_8)).isEqualTo("example.com");
  }

  @Test
  void aNameOfAnyLengthIsRead() {
    assertThat(domains.of("a.".repeat(400) + "example.com")).isEqualTo("example.com");
    assertThat(domains.of(".".repeat(1000))).isNull();
    assertThat(domains.of("a".repeat(1000))).isNull();
    assertThat(domains.of("a.".repeat(1_000_000) + "example.com")).isNull();
    assertThat(domains.of("a".repeat(1_000_000) + ".com")).isNull();
  }

  /** Each rule of the list, and names made of parts of rules, against the library's own look-up. */
  @Test
  void agreesWithTheLibrary() {
    var suffixes = new ArrayList<>(EffectiveTldFinder.getEffectiveTLDs().keySet());
    var random = new Random(17);
    var differences = new ArrayList<String>();
    for (var suffix : suffixes) {
      var other = suffixes.get(random.nextInt(suffixes.size()));
      for (var name : new String[] {suffix, "a." + suffix, "b.a." + suffix, other + "." + suffix}) {
        var expected = EffectiveTldFinder.getAssignedDomain(name, false, false);
        var found = domains.of(name);
        // The library returns a name that is a public suffix itself as it is.
        boolean isSame = found == null ? isSuffix(name) : found.equals(expected);
        if (!isSame) {
          differences.add(name + ": " + found + ", not " + expected);
        }
      }
    }
    assertThat(suffixes).hasSizeGreaterThan(9_000);
    assertThat(differences).isEmpty();
  }

  private static boolean isSuffix(String name) {
    var suffix = EffectiveTldFinder.getEffectiveTLD(name, false);
    return suffix == null || EffectiveTldFinder.getAssignedDomain(name, true, false) == null;
  }
}
