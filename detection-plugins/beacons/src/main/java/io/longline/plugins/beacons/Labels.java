package io.longline.plugins.beacons;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ports with protocol and service, such as {@code 443:tcp:ssl}. Confined to one thread. */
final class Labels {

  /** The number after which they should be cleared. */
  private static final int MANY = 50_000;

  /** A longer protocol or service is cut. */
  private static final int MOST_CHARACTERS = 60;

  private static final int CACHED = 4096;

  private final Map<Label, Integer> ids = new HashMap<>();
  private final List<byte[]> texts = new ArrayList<>();

  /** Those of late, by port and service. */
  private final @Nullable Label[] recent = new @Nullable Label[CACHED];

  private final int[] recentIds = new int[CACHED];

  /**
   * A label.
   *
   * @param kind of ICMP, 0 for other protocols
   * @param port of the responder
   */
  private record Label(String protocol, String service, long kind, long port) {

    boolean is(String otherProtocol, String otherService, long otherKind, long otherPort) {
      return port == otherPort
          && kind == otherKind
          && protocol.equals(otherProtocol)
          && service.equals(otherService);
    }

    String text() {
      if (protocol.equals("icmp")) {
        return protocol + ":" + kind + "/" + port;
      }
      return port + ":" + protocol + (service.isEmpty() ? "" : ":" + service);
    }
  }

  /**
   * The number of a label, which is new if it was not asked for before.
   *
   * @param service empty for none
   * @param fromPort the originator's port, which is a type for ICMP
   * @param toPort the responder's port, which is a code for ICMP
   */
  int id(String protocol, String service, long fromPort, long toPort) {
    long kind = protocol.equals("icmp") ? fromPort : 0;
    int slot =
        ((int) (toPort ^ kind << 3) ^ service.hashCode() ^ protocol.hashCode()) & (CACHED - 1);
    var last = recent[slot];
    if (last != null && last.is(protocol, service, kind, toPort)) {
      return recentIds[slot];
    }
    var label = new Label(cut(protocol), cut(service), kind, toPort);
    int id =
        ids.computeIfAbsent(
            label,
            each -> {
              texts.add(each.text().getBytes(UTF_8));
              return texts.size() - 1;
            });
    recent[slot] = label;
    recentIds[slot] = id;
    return id;
  }

  private static String cut(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
  }

  /** The text of a label, in UTF-8; not to be changed. */
  byte[] text(int id) {
    return texts.get(id);
  }

  /** Whether they should be cleared. */
  boolean areMany() {
    return texts.size() > MANY;
  }

  /** Forgets all, and their numbers. */
  void clear() {
    ids.clear();
    texts.clear();
    Arrays.fill(recent, null);
  }
}
