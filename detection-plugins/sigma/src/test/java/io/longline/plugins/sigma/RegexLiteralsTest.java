package io.longline.plugins.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexLiteralsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      textBlock =
          """
          abc          ¦ abc
          a.bcd        ¦ bcd
          ab|cd        ¦ ab cd
          x(ab|cd)y    ¦ ab cd
          (?:abc)d     ¦ abc
          (abc)?de     ¦ de
          abc+d        ¦ abc
          abc*d        ¦ ab
          ab{2}cd      ¦ cd
          \\.zip\\?d=  ¦ .zip?d=
          (?i)abc      ¦ abc
          [abc]de      ¦ de
          [[:digit:]qwe]+\\.ev ¦ .ev
          [^[:alpha:]x]de ¦ de
          a{b|c}d      ¦ a c
          """)
  void findsWhatIsPlain(String regex, String expected) {
    var texts = RegexLiterals.of(regex).stream().map(Literal::text).toList();
    assertThat(String.join(" ", texts)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      textBlock =
          """
          .*              ¦ 1
          ab|.            ¦ 1
          \\x41bc|de      ¦ 1
          \\Qab\\E|c      ¦ 1
          (?P<n>ab)|c     ¦ 1
          """)
  void isCautious(String regex, int any) {
    assertThat(RegexLiterals.of(regex)).as("%s %d", regex, any).isEmpty();
  }

  /** Whatever an expression matches has one of its literals. */
  @Test
  void missesNothingThatAnExpressionMatches() {
    var parts = ("a a b b c . ( ) | * + ? [ ] ^ { 2 } " + "\\d").split(" ", -1);
    assertMissesNothing(parts, "aabbcd1|{}", 1_000);
  }

  @Test
  void missesNothingThatAnExpressionWithClassesMatches() {
    var parts =
        ("a b c - + * ^ [ [^ [a [] ] ] ] [[:digit:]a [[:digit:]b]+ [^[:alpha:]c] [a[:punct:]] "
                + "[: :] [: [b[:] \\] \\[ : |")
            .split(" ", -1);
    assertMissesNothing(parts, "aabbc1:[]-", 1_000);
  }

  private static void assertMissesNothing(String[] parts, String letters, int least) {
    var random = new Random(3);
    int matched = 0;
    for (int round = 0; round < 30_000; round++) {
      var regex = text(random, parts, 12);
      Pattern pattern;
      try {
        pattern = Pattern.compile(regex);
      } catch (PatternSyntaxException e) {
        continue;
      }
      var literals = RegexLiterals.of(regex);
      for (int i = 0; i < 5 && !literals.isEmpty(); i++) {
        var value = text(random, letters.split("", -1), 10);
        if (pattern.matcher(value).find()) {
          matched++;
          assertThat(literals)
              .as("%s in %s", regex, value)
              .anyMatch(literal -> value.toLowerCase(Locale.ROOT).contains(literal.text()));
        }
      }
    }
    assertThat(matched).isGreaterThan(least);
  }

  private static String text(Random random, String[] parts, int length) {
    var text = new StringBuilder();
    for (int i = random.nextInt(length); i >= 0; i--) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }
}
