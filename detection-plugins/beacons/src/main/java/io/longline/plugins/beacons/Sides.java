package io.longline.plugins.beacons;

import io.longline.detections.Addresses;
import io.longline.zeek.LogRecord;
import java.io.IOException;

/**
 * The two addresses of the connection at hand, and whether it counts. Confined to one thread: it is
 * read again for each connection.
 */
final class Sides {

  private final NetworkFilter filter;
  private final byte[] source = new byte[Identity.WIDE_BYTES];
  private final byte[] target = new byte[Identity.WIDE_BYTES];
  private final byte[] literal = new byte[Identity.WIDE_BYTES];
  private int sourceLength;
  private int targetLength;
  private boolean isSourceInternal;
  private boolean isTargetInternal;
  private boolean isKept;

  /** Sides of connections that a filter keeps. */
  Sides(NetworkFilter filter) {
    this.filter = filter;
  }

  /** Reads them; returns whether both are there. */
  boolean read(LogRecord record, ConnFields fields) {
    sourceLength = fields.source(record, source);
    targetLength = fields.target(record, target);
    if (!areThere()) {
      return false;
    }
    isSourceInternal = filter.isInternal(source, sourceLength);
    isTargetInternal = filter.isInternal(target, targetLength);
    isKept =
        filter.keeps(
            source, sourceLength, isSourceInternal, target, targetLength, isTargetInternal);
    return true;
  }

  /** Whether both are there. */
  boolean areThere() {
    return sourceLength != 0 && targetLength != 0;
  }

  /** The hash of both. */
  long hash() {
    return Hash.of(Hash.of(source, 0, sourceLength), Hash.of(target, 0, targetLength));
  }

  /** Whether the pair of addresses counts. */
  boolean isKept() {
    return isKept;
  }

  /** Whether a name of the connection counts: as in RITA those of internal originators do. */
  boolean keepsName() {
    return isKept && isSourceInternal;
  }

  /**
   * Whether a name counts that a proxy was asked to connect to. As in RITA v5, {@code
   * importer/http.go}, what the proxy's own address is does not matter: it is not the destination.
   *
   * @param name the name, or an address
   */
  boolean keepsProxied(byte[] name) {
    return filter.keepsHost(source, sourceLength) && keepsLiteral(name);
  }

  /** Whether a name is not an address, or one with which connections count. */
  private boolean keepsLiteral(byte[] name) {
    int length = Addresses.parse(name, 0, name.length, literal);
    return length == 0
        || filter.keeps(
            source,
            sourceLength,
            isSourceInternal,
            literal,
            length,
            filter.isInternal(literal, length));
  }

  /** Makes an identity of both. */
  Identity pair(Identity identity) {
    return isSourceInternal
        ? identity.ofAddresses(target, targetLength, source, sourceLength, false)
        : identity.ofAddresses(source, sourceLength, target, targetLength, true);
  }

  /** Makes an identity of a name and the originator. */
  Identity named(Identity identity, byte[] name) {
    return identity.ofName(name, source, sourceLength);
  }

  /** Adds the internal hosts of a connection that counts. */
  void addHosts(HourSummaries hours, int hour) throws IOException {
    if (isSourceInternal) {
      hours.host(hour, hash(source, sourceLength));
    }
    if (isTargetInternal && isKept) {
      hours.host(hour, hash(target, targetLength));
    }
  }

  private static long hash(byte[] address, int length) {
    return length == Identity.NARROW_BYTES
        ? Hash.ofFour(Identity.number(address))
        : Hash.of(address, 0, length);
  }
}
