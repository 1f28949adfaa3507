package io.longline.plugins.sigma;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LiteralScannerTest {

  private static Set<String> found(LiteralScanner scanner, List<Literal> all, String value) {
    var found = new TreeSet<String>();
    scanner.scan(value.getBytes(UTF_8), true, number -> found.add(all.get(number).toString()));
    return found;
  }

  @Test
  void findsAllLiteralsThatOverlapOrEndTogether() {
    var all = List.of("he", "she", "his", "hers", "e").stream().map(Literal::anywhere).toList();
    var scanner = new LiteralScanner(all);
    assertThat(found(scanner, all, "usHErs")).hasSize(4);
    assertThat(found(scanner, all, "this")).hasSize(1);
    assertThat(found(scanner, all, "")).isEmpty();
  }

  /** Whatever a pattern accepts has the pattern's literal; compared with a search by hand. */
  @Test
  void missesNothingThatAPatternAccepts() {
    var random = new Random(5);
    for (int round = 0; round < 3_000; round++) {
      var texts = new ArrayList<String>();
      var patterns = new ArrayList<TextPattern>();
      for (int i = 0; i < 5; i++) {
        texts.add(text(random, "aAbB\\x0é*?", 6));
        patterns.add(new TextPattern(SigmaText.parse(texts.get(i)), random.nextBoolean()));
      }
      var literals = new ArrayList<Literal>();
      patterns.forEach(pattern -> literals.add(pattern.literal().orElse(Literal.anywhere("zz"))));
      var scanner = new LiteralScanner(literals);
      for (int i = 0; i < 20; i++) {
        var value = new Value();
        value.set(text(random, "aAbB\\x0é\u0000", 8).getBytes(UTF_8));
        var found = new TreeSet<Integer>();
        scanner.scan(value.canonical(), true, found::add);
        for (int k = 0; k < patterns.size(); k++) {
          var pattern = patterns.get(k);
          boolean isAccepted =
              pattern.matches(value.canonical()) || pattern.matches(value.folded());
          if (isAccepted && pattern.literal().isPresent()) {
            assertThat(found).as("%s in \"%s\"", texts.get(k), value.text()).contains(k);
          }
        }
      }
    }
  }

  private static String text(Random random, String letters, int length) {
    var text = new StringBuilder();
    for (int i = random.nextInt(length); i >= 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
