package io.longline.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.zeek.LogFields;
import io.longline.zeek.WantedField;
import org.junit.jupiter.api.Test;

class InterestTest {

  @Test
  void namesRequiredAndOptionalFieldsWithTheirOtherNames() {
    var interest =
        Interest.in("files")
            .fields("ts", "uid")
            .orNamed("uid", "conn_uids")
            .optionalFields("md5")
            .andIn("conn")
            .inAnyOrder()
            .ifPresent();
    var files = interest.logs().get(0);
    assertThat(files.fields()).extracting(WantedField::name).containsExactly("ts", "uid", "md5");
    assertThat(files.fields())
        .extracting(WantedField::isOptional)
        .containsExactly(false, false, true);
    assertThat(files.fields().get(1).otherNames()).containsExactly("conn_uids");
    assertThat(files.isOptional()).isFalse();
    assertThat(files.isInAnyOrder()).isFalse();
    assertThat(interest.logs().get(1).isOptional()).isTrue();
    assertThat(interest.logs().get(1).isInAnyOrder()).isTrue();
  }

  @Test
  void takesTheFieldsOfHandlesAsTheyAre() {
    var dns = LogFields.of("dns");
    dns.string("query");
    assertThat(Interest.in(dns).logs().get(0).fields()).isSameAs(dns.fields());
    assertThatThrownBy(() -> Interest.in(dns).optionalFields("rcode"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The fields of dns are those of its LogFields");
  }

  @Test
  void refusesNamesThatOccurTwiceOrAreNotThere() {
    assertThatThrownBy(() -> Interest.in("conn").fields("uid", "uid"))
        .hasMessageContaining("uid is named twice");
    assertThatThrownBy(() -> Interest.in("conn").fields("a", "b").orNamed("a", "b"))
        .hasMessageContaining("b is named twice");
    assertThatThrownBy(() -> Interest.in("conn").andIn("conn"))
        .hasMessageContaining("conn is named twice");
    assertThatThrownBy(() -> Interest.in("conn").fields("a").orNamed("x", "y"))
        .hasMessageContaining("The field x is not among the fields [a] of conn");
  }
}
