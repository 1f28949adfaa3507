package io.longline.plugins.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What values, modifiers and conditions mean (Sigma specification 2.1). */
class DetectionTest {

  @TempDir Path folder;

  private boolean matches(String detection, String... cells) throws Exception {
    return TestRules.matches(detection, folder, cells);
  }

  /** An item, a cell, and whether the record fulfils the item. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      ignoreLeadingAndTrailingWhitespace = true,
      quoteCharacter = '^',
      textBlock =
          """
          s: Abc                          ¦ s:string=aBC                 ¦ true
          s: Abc                          ¦ s:string=abcd                ¦ false
          s: 'É'                          ¦ s:string=é                   ¦ true
          s: 'k'                          ¦ s:string=\u212A              ¦ false
          s: 'a*c'                        ¦ s:string=axyzc               ¦ true
          s: 'a*c'                        ¦ s:string=axyzcd              ¦ false
          s: 'a?c'                        ¦ s:string=aéc                 ¦ true
          s: 'a?c'                        ¦ s:string=ac                  ¦ false
          s: 'a?c'                        ¦ s:string=abbc                ¦ false
          s: '*a?c'                       ¦ s:string=acacabc             ¦ true
          s: 'ab*ba'                      ¦ s:string=aba                 ¦ false
          s: '*ab*ab'                     ¦ s:string=xabyab              ¦ true
          s: 'a\\*c'                      ¦ s:string=a*c                 ¦ true
          s: 'a\\*c'                      ¦ s:string=abc                 ¦ false
          s: 'a\\?c'                      ¦ s:string=a?c                 ¦ true
          s: 'a\\\\*'                     ¦ s:string=a\\bc               ¦ true
          s: 'a\\\\*'                     ¦ s:string=a*                  ¦ false
          s: 'a\\\\\\*'                   ¦ s:string=a\\*                ¦ true
          s: 'a\\b'                       ¦ s:string=a\\b                ¦ true
          s: 'a\\\\b'                     ¦ s:string=a\\b                ¦ true
          s: '\\\\\\\\a'                  ¦ s:string=\\\\a               ¦ true
          s: 'a\\'                        ¦ s:string=a\\                 ¦ true
          s: ''                           ¦ s:string=                    ¦ true
          s: ''                           ¦ s:string=a                   ¦ false
          s: ''                           ¦ s:string                     ¦ false
          s: '*'                          ¦ s:string=                    ¦ true
          s: '*'                          ¦ s:string                     ¦ false
          s: null                         ¦ s:string                     ¦ true
          s: null                         ¦ s:string=                    ¦ true
          s: null                         ¦ s:string=a                   ¦ false
          s: null                         ¦ x:string=a                   ¦ true
          s: null                         ¦ s:set[string]=               ¦ true
          s: [a, b]                       ¦ s:string=b                   ¦ true
          s: [a, null]                    ¦ s:string                     ¦ true
          s: []                           ¦ s:string                     ¦ true
          s: a                            ¦ s:vector[string]=b,A         ¦ true
          s: a                            ¦ s:vector[string]=ab          ¦ false
          s: 3                            ¦ s:count=3                    ¦ true
          s: 3                            ¦ s:count=33                   ¦ false
          s: '3'                          ¦ s:count=3                    ¦ true
          s: 3                            ¦ s:string=3                   ¦ true
          s: 3                            ¦ s:double=3.0                 ¦ true
          s: 1.5                          ¦ s:double=1.5                 ¦ true
          s: true                         ¦ s:bool=true                  ¦ true
          s: true                         ¦ s:bool=false                 ¦ false
          s: 'true'                       ¦ s:bool=true                  ¦ true
          s: 'False'                      ¦ s:bool=false                 ¦ true
          s|contains: bc                  ¦ s:string=aBCd                ¦ true
          s|contains: 'b*d'               ¦ s:string=abcde               ¦ true
          s|contains: ''                  ¦ s:string=x                   ¦ true
          s|startswith: ab                ¦ s:string=ABc                 ¦ true
          s|startswith: ab                ¦ s:string=cab                 ¦ false
          s|endswith: bc                  ¦ s:string=aBC                 ¦ true
          s|endswith: bc                  ¦ s:string=bcd                 ¦ false
          s|endswith: 'b?'                ¦ s:string=abbé                ¦ true
          s|contains|all: [b, d]          ¦ s:string=abcd                ¦ true
          s|contains|all: [b, x]          ¦ s:string=abcd                ¦ false
          s|contains|all: [b, d]          ¦ s:vector[string]=ab,cd       ¦ true
          s|cased: Abc                    ¦ s:string=Abc                 ¦ true
          s|cased: Abc                    ¦ s:string=abc                 ¦ false
          s|contains|cased: B             ¦ s:string=aBc                 ¦ true
          s|contains|cased: B             ¦ s:string=abc                 ¦ false
          s|neq: a                        ¦ s:string=b                   ¦ true
          s|neq: a                        ¦ s:string=A                   ¦ false
          s|neq: [a, b]                   ¦ s:string=b                   ¦ false
          s|neq: a                        ¦ s:string                     ¦ true
          s|neq: 3                        ¦ s:count=3                    ¦ false
          s|neq: 3                        ¦ s:count=4                    ¦ true
          s|contains|neq: a               ¦ s:string=xax                 ¦ false
          s|exists: true                  ¦ s:string=                    ¦ true
          s|exists: true                  ¦ s:string                     ¦ false
          s|exists: false                 ¦ s:string                     ¦ true
          s|exists: false                 ¦ s:string=a                   ¦ false
          s|exists: false                 ¦ x:string=a                   ¦ true
          n|lt: 3                         ¦ n:count=2                    ¦ true
          n|lt: 3                         ¦ n:count=3                    ¦ false
          n|lte: 3                        ¦ n:count=3                    ¦ true
          n|gt: 3                         ¦ n:count=10                   ¦ true
          n|gt: 3                         ¦ n:count=3                    ¦ false
          n|gte: 3                        ¦ n:count=3                    ¦ true
          n|gte: -1.5                     ¦ n:double=-1.25               ¦ true
          n|gt: 3                         ¦ n:count                      ¦ false
          n|gt: 3                         ¦ n:string=many                ¦ false
          n|gt: 9223372036854775807       ¦ n:string=18446744073709551615 ¦ true
          s|re: 'b+c'                     ¦ s:string=abbcd               ¦ true
          s|re: 'B+c'                     ¦ s:string=abbcd               ¦ false
          s|re|i: 'B+C'                   ¦ s:string=abbcd               ¦ true
          s|re: '(?i)B+C'                 ¦ s:string=abbcd               ¦ true
          s|re: '^b'                      ¦ s:string=ab                  ¦ false
          s|re: 'foo|ba+r'                ¦ s:string=xbaar               ¦ true
          s|re: 'x?bar'                   ¦ s:string=bar                 ¦ true
          s|re: '(abc)?d'                 ¦ s:string=d                   ¦ true
          s|re: 'ab{0}c'                  ¦ s:string=ac                  ¦ true
          s|re: '\\x41bc|def'             ¦ s:string=def                 ¦ true
          s|re: '(?P<n>a(b|c)d)|x'        ¦ s:string=x                   ¦ true
          s|re: '^[[:digit:]qwertyuiop]+\\.evil' ¦ s:string=www.evil-a.com ¦ true
          s|re: '^[[:digit:]qwertyuiop]+\\.evil' ¦ s:string=wwa.evil-a.com ¦ false
          s|re: 'a{b|c}d'                 ¦ s:string=a{b                 ¦ true
          s|re: '[]abc]x'                 ¦ s:string=]x                  ¦ true
          s|re: '\\\\\\.'                 ¦ s:string=a\\.b               ¦ true
          s|re: 'a.c'                     ¦ s:string=a-c                 ¦ true
          s|re|startswith: 'b|c'          ¦ s:string=ab                  ¦ false
          s|re|endswith: 'b|c'            ¦ s:string=ab                  ¦ true
          a|cidr: 10.0.0.0/8              ¦ a:addr=10.255.0.1            ¦ true
          a|cidr: 10.0.0.0/8              ¦ a:addr=11.0.0.1              ¦ false
          a|cidr: 192.168.4.0/23          ¦ a:addr=192.168.5.255         ¦ true
          a|cidr: 192.168.4.0/23          ¦ a:addr=192.168.6.0           ¦ false
          a|cidr: 10.1.2.3                ¦ a:string=10.1.2.3            ¦ true
          a|cidr: ['::1/128', 'fc00::/7'] ¦ a:addr=fd00::1               ¦ true
          a|cidr: 'fe80::/10'             ¦ a:addr=fec0::1               ¦ false
          a|cidr: '2620:83:8000::/48'     ¦ a:addr=2620:83:8000:1::2     ¦ true
          a|cidr: 0.0.0.0/0               ¦ a:addr=::1                   ¦ false
          a|cidr: 0.0.0.0/0               ¦ a:string=example.org         ¦ false
          a|cidr: 10.0.0.0/8              ¦ a:vector[string]=x,10.0.0.9  ¦ true
          s|base64: foo                   ¦ s:string=Zm9v                ¦ true
          s|base64|contains: foo          ¦ s:string=a?b=Zm9v&c          ¦ true
          s|base64offset|contains: foobar ¦ s:string=Zm9vYmFy            ¦ true
          s|base64offset|contains: foobar ¦ s:string=eGZvb2Jhcg==        ¦ true
          s|base64offset|contains: foobar ¦ s:string=eHhmb29iYXI=        ¦ true
          s|base64offset|contains: foobar ¦ s:string=eHh4Zm9v            ¦ false
          s|wide|base64offset|contains: ab¦ s:string=eGEAYgB4            ¦ true
          s|utf16|base64: ab              ¦ s:string=//5hAGIA            ¦ true
          s|utf16le|base64: ab            ¦ s:string=YQBiAA==            ¦ true
          s|utf16be|base64: ab            ¦ s:string=AGEAYg==            ¦ true
          s|windash|contains: ' -x'       ¦ s:string=cmd /x              ¦ true
          s|windash|contains: ' -x'       ¦ s:string=cmd –x              ¦ true
          s|windash|contains: ' /x'       ¦ s:string=cmd ―x              ¦ true
          s|windash|contains: ' -x-y'     ¦ s:string=cmd /x-y            ¦ true
          s|windash|contains: ' -x-y'     ¦ s:string=cmd /x/y            ¦ false
          ts|hour: 22                     ¦ s:string=a                   ¦ true
          ts|minute: 5                    ¦ s:string=a                   ¦ true
          ts|day: 31                      ¦ s:string=a                   ¦ true
          ts|week: 5                      ¦ s:string=a                   ¦ true
          ts|month: 1                     ¦ s:string=a                   ¦ true
          ts|year: 2026                   ¦ s:string=a                   ¦ true
          ts|year: 2025                   ¦ s:string=a                   ¦ false
          ts|hour|gte: 22                 ¦ s:string=a                   ¦ true
          ts|hour|lt: [6, 22]             ¦ s:string=a                   ¦ false
          s|hour: 22                      ¦ s:string=not a time          ¦ false
          """)
  void values(String item, String cell, boolean isExpected) throws Exception {
    assertThat(matches("selection:\n    " + item + "\ncondition: selection", cell))
        .as("%s in %s", item, cell)
        .isEqualTo(isExpected);
  }

  @Test
  void fieldsAreCompared() throws Exception {
    assertThat(matches("s: {a|fieldref: b}\ncondition: s", "a:string=X", "b:string=x")).isTrue();
    assertThat(matches("s: {a|fieldref|cased: b}\ncondition: s", "a:string=X", "b:string=x"))
        .isFalse();
    assertThat(matches("s: {a|fieldref: b}\ncondition: s", "a:string=X", "b:string=y")).isFalse();
    assertThat(matches("s: {a|fieldref: b}\ncondition: s", "a:string", "b:string")).isFalse();
    assertThat(matches("s: {a|fieldref|neq: b}\ncondition: s", "a:string=X", "b:string=y"))
        .isTrue();
    assertThat(matches("s: {a|fieldref|endswith: b}\ncondition: s", "a:string=xyz", "b:string=yz"))
        .isTrue();
    assertThat(
            matches("s: {a|fieldref|startswith: b}\ncondition: s", "a:string=xyz", "b:string=yz"))
        .isFalse();
    assertThat(matches("s: {a|fieldref|contains: b}\ncondition: s", "a:string=xyz", "b:string=y"))
        .isTrue();
  }

  @Test
  void allItemsOfAMapAndOneOfAList() throws Exception {
    var map = "s:\n    a: 1\n    b: 2\ncondition: s";
    assertThat(matches(map, "a:count=1", "b:count=2")).isTrue();
    assertThat(matches(map, "a:count=1", "b:count=3")).isFalse();
    var list = "s:\n    - a: 1\n      b: 2\n    - b: 3\ncondition: s";
    assertThat(matches(list, "a:count=1", "b:count=2")).isTrue();
    assertThat(matches(list, "a:count=9", "b:count=3")).isTrue();
    assertThat(matches(list, "a:count=9", "b:count=2")).isFalse();
  }

  @Test
  void keywordsAreInAnyField() throws Exception {
    var any = "k:\n    - evil\n    - 'b?d'\ncondition: k";
    assertThat(matches(any, "a:string=x", "b:string=an EVIL one")).isTrue();
    assertThat(matches(any, "a:string=abcde", "b:string=")).isTrue();
    assertThat(matches(any, "a:string=x", "b:vector[string]=ok,evils")).isTrue();
    assertThat(matches(any, "a:string=ev", "b:string=il")).isFalse();
    var all = "k:\n    '|all':\n        - one\n        - two\ncondition: k";
    assertThat(matches(all, "a:string=One", "b:string=tWo")).isTrue();
    assertThat(matches(all, "a:string=One", "b:string=x")).isFalse();
    assertThat(matches("k: there\ncondition: k")).isTrue();
    assertThat(matches("k:\n    - 4625\ncondition: k", "a:count=46250")).isTrue();
    assertThat(matches("k:\n    '|re': 'e.il$'\ncondition: k", "a:string=so evil")).isTrue();
    assertThat(matches("k: [x]\na: {always: there}\ncondition: a and not k")).isTrue();
  }

  /** The searches a, b and f are true, false and false. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      textBlock =
          """
          s_a                       ¦ true
          s_b                       ¦ false
          s_a and s_b               ¦ false
          s_a or s_b                ¦ true
          s_b and s_b or s_a        ¦ true
          s_a or s_b and s_b        ¦ true
          (s_a or s_b) and s_b      ¦ false
          not s_b                   ¦ true
          not s_b and s_b           ¦ false
          not (s_b and s_b)         ¦ true
          not not s_a               ¦ true
          NOT s_b AND s_a           ¦ true
          1 of s_*                  ¦ true
          all of s_*                ¦ false
          any of s_*                ¦ true
          1 of f*                   ¦ false
          s_a and not 1 of filter_* ¦ true
          1 of *_a                  ¦ true
          all of *_a                ¦ true
          1 of them                 ¦ true
          all of them               ¦ false
          1 of s                    ¦ false
          all of _h*                ¦ true
          s_a and not 1 of nothing* ¦ true
          """)
  void conditions(String condition, boolean isExpected) throws Exception {
    var searches =
        "s_a: {always: there}\ns_b: {always: x}\nfilter: {gone: x}\n_hidden: {always: there}\n";
    assertThat(matches(searches + "condition: " + condition)).isEqualTo(isExpected);
  }

  @Test
  void themLeavesOutWhatBeginsWithAnUnderscore() throws Exception {
    assertThat(matches("_a: {always: there}\nb: {always: x}\ncondition: 1 of them")).isFalse();
    assertThat(matches("_a: {always: x}\nb: {always: there}\ncondition: all of them")).isTrue();
  }

  @Test
  void severalConditionsAreSeveralQueries() throws Exception {
    assertThat(matches("a: {always: x}\nb: {always: there}\ncondition:\n    - a\n    - b"))
        .isTrue();
  }

  /** An absent field fulfils nothing, and the opposite of that is true. */
  @Test
  void logicHasTwoValues() throws Exception {
    assertThat(matches("s: {gone: x}\ncondition: s")).isFalse();
    assertThat(matches("s: {gone: x}\ncondition: not s")).isTrue();
    assertThat(matches("s: {gone|contains: x}\nt: {always: there}\ncondition: t and not s"))
        .isTrue();
    assertThat(matches("s: {gone|cidr: 10.0.0.0/8}\ncondition: not s")).isTrue();
  }

  /** Zeek writes them as bytes or escaped, by log and version. */
  @Test
  void controlCharactersAreTheSameHoweverTheyAreWritten() throws Exception {
    assertThat(matches("s: {s|endswith: '\\x00'}\ncondition: s", "s:string=a\u0000")).isTrue();
    assertThat(matches("s: {s|endswith: '\\x00'}\ncondition: s", "s:string=a\\x00")).isTrue();
    assertThat(matches("s: {s|contains: \"b\\tc\"}\ncondition: s", "s:string=ab\tcd")).isTrue();
    assertThat(matches("s: {s|wide|contains: ab}\ncondition: s", "s:string=a\u0000b\u0000"))
        .isTrue();
  }
}
