package io.longline.plugins.dnsanomalies;

import java.util.List;

/** The types of records that are counted one by one, and the rest (RFC 1035, 2535, 2782, 9460). */
enum QueryType {
  A(0, 1),
  NS(1, 2),
  CNAME(2, 5, true),
  SOA(3, 6),
  NULL(4, 10, true),
  PTR(5, 12),
  MX(6, 15, true),
  TXT(7, 16, true),
  KEY(8, 25, true),
  AAAA(9, 28),
  SRV(10, 33),
  HTTPS(11, 65),
  ANY(12, 255),
  /** For private use, 65280 to 65534, which iodine can use as well. */
  PRIVATE(13, 65_280, true),
  OTHER(14, -1);

  private static final int LAST_PRIVATE = 65_534;
  private static final QueryType[] BY_NUMBER = new QueryType[256];

  static {
    for (int i = 0; i < BY_NUMBER.length; i++) {
      BY_NUMBER[i] = OTHER;
    }
    for (var type : values()) {
      if (type.number >= 0 && type.number < BY_NUMBER.length) {
        BY_NUMBER[type.number] = type;
      }
    }
  }

  /** The types, by their {@link #index}. */
  static final List<QueryType> ALL = List.of(values());

  private final int index;
  private final int number;
  private final boolean isCarrier;

  QueryType(int index, int number) {
    this(index, number, false);
  }

  QueryType(int index, int number, boolean isCarrier) {
    this.index = index;
    this.number = number;
    this.isCarrier = isCarrier;
  }

  /** Its place among the counts of a fact, from 0, which must stay the same. */
  int index() {
    return index;
  }

  /** The type with this number, which may be any. */
  static QueryType of(long number) {
    if (number >= 0 && number < BY_NUMBER.length) {
      return BY_NUMBER[(int) number];
    }
    return number >= PRIVATE.number && number <= LAST_PRIVATE ? PRIVATE : OTHER;
  }

  /** Whether its answers have room for data, so that programs for tunnels use it. */
  boolean isCarrier() {
    return isCarrier;
  }
}
