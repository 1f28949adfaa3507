package io.longline.plugins.sigma;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A value of a record, or an element of one, in the forms that tests need; each is made when it is
 * asked for. Confined to one thread.
 */
final class Value {

  private byte[] bytes = {};
  private byte @Nullable [] canonical;
  private byte @Nullable [] folded;
  private @Nullable String text;
  private @Nullable BigDecimal number;
  private boolean isNumberKnown;
  private byte @Nullable [] address;
  private boolean isAddressKnown;

  /** Stands for other bytes from now on. */
  void set(byte[] other) {
    bytes = other;
    canonical = null;
    folded = null;
    text = null;
    isNumberKnown = false;
    isAddressKnown = false;
  }

  /** The bytes as they were on the wire, as far as the log says. */
  byte[] bytes() {
    return bytes;
  }

  /** The canonical form. */
  byte[] canonical() {
    var known = canonical;
    if (known == null) {
      known = CanonicalText.of(bytes);
      canonical = known;
    }
    return known;
  }

  /** The canonical form, its case folded. */
  byte[] folded() {
    var known = folded;
    if (known == null) {
      known = CanonicalText.folded(canonical());
      folded = known;
    }
    return known;
  }

  /** The number that it is; null if it is none. */
  @Nullable BigDecimal number() {
    if (!isNumberKnown) {
      number = Numbers.parse(bytes);
      isNumberKnown = true;
    }
    return number;
  }

  /** The address that it is, in 4 or 16 bytes; null if it is none. */
  byte @Nullable [] address() {
    if (!isAddressKnown) {
      address = AddressBlock.address(bytes);
      isAddressKnown = true;
    }
    return address;
  }

  /** The text, control characters included. */
  String text() {
    var known = text;
    if (known == null) {
      known = new String(bytes, UTF_8);
      text = known;
    }
    return known;
  }
}
