package io.longline.plugins.indicators;

/**
 * Where an indicator comes from. Immutable.
 *
 * @param source the name of the source, {@code meta.source} in Zeek
 * @param description what it is about; empty if the feed does not say
 * @param notice {@code meta.do_notice}: whether the feed asks for attention
 * @param noticeWhere {@code meta.if_in}: where it must be seen for that; empty for anywhere
 * @param whitelist {@code meta.whitelist}: whether a match is suppressed
 */
record Origin(
    String source, String description, boolean notice, String noticeWhere, boolean whitelist) {

  /** What Zeek calls all places; the default of {@code meta.if_in}. */
  private static final String ANYWHERE = "Intel::IN_ANYWHERE";

  private static final int LONGEST = 200;

  /** Cuts texts. */
  Origin {
    source = cut(source);
    description = cut(description);
    noticeWhere = cut(noticeWhere);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }

  /** An origin of which only the source is known. */
  static Origin of(String source) {
    return new Origin(source, "", false, "", false);
  }

  /** Whether the feed asks for attention if it is seen there. */
  boolean isNotice(String where) {
    boolean isAnywhere = noticeWhere.isEmpty() || noticeWhere.equals(ANYWHERE);
    return notice && (isAnywhere || noticeWhere.equals(where));
  }

  /** The same without its description. */
  Origin undescribed() {
    return new Origin(source, "", notice, noticeWhere, whitelist);
  }

  /** The same from another source, without a description. */
  Origin from(String other) {
    return new Origin(other, "", notice, noticeWhere, whitelist);
  }

  /** The number of characters in it. */
  int length() {
    return source.length() + description.length() + noticeWhere.length();
  }
}
