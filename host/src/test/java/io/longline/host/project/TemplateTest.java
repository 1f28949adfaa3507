package io.longline.host.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {

  @Test
  void fillsPlacesAndIndentsTheLinesOfAValue() {
    assertThat(
            new Template("a {{x}} {{y}}\n  b(\n    {{x}});\n")
                .fill(Map.of("x", "1,\n2", "y", "{{x}} $1")))
        .isEqualTo("a 1,\n2 {{x}} $1\n  b(\n    1,\n    2);\n");
  }

  @Test
  void keepsSectionsByTheirValue() {
    var template =
        new Template(
            "a{{#exit}}, b{{/exit}}\n{{#exit}}\nc\n{{/exit}}\n{{^exit}}\nd\n{{/exit}}\ne\n");
    assertThat(template.fill(Map.of("exit", "yes"))).isEqualTo("a, b\nc\ne\n");
    assertThat(template.fill(Map.of("exit", ""))).isEqualTo("a\nd\ne\n");
  }

  @Test
  void rejectsAPlaceWithoutValue() {
    assertThatThrownBy(() -> new Template("{{x}}").fill(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no value for {{x}}.");
  }
}
