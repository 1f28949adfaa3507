package io.longline.plugins.dnsanomalies;

/**
 * A name, in small letters and without a dot at its end. Immutable, unless somebody changes its
 * bytes.
 *
 * @param bytes the bytes, of which the first ones are the name
 * @param length how many of them
 * @param hasDot whether it has a dot; otherwise the DNS of the internet cannot have it
 * @param domainStart where its registered domain starts, which ends with the name; -1 if it has
 *     none that is counted, as below arpa and local
 * @param hash of the whole name
 * @param domainHash of the registered domain; 0 if there is none
 * @param entropy of what is below the registered domain, in thousandths of a bit a byte
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and never copied.
record Name(
    byte[] bytes,
    int length,
    boolean hasDot,
    int domainStart,
    long hash,
    long domainHash,
    int entropy) {

  /** Whether it has a registered domain that is counted. */
  boolean hasDomain() {
    return domainStart >= 0;
  }
}
