package io.longline.host.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.host.trust.PluginTrust;
import io.longline.host.trust.SignedContent;
import io.longline.host.trust.Signing;
import io.longline.host.trust.TrustedKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens indexes: reads each, and checks its signature, its age, and that it is not older than one
 * that was seen before. Confined to one thread.
 */
public final class PluginIndexes {

  private static final int MAX_INDEX = 16 << 20;
  private static final int MAX_SIGNATURE = 64 << 10;
  private static final int MAX_MIRRORS = 20;

  /** How far a clock may be wrong. */
  private static final Duration MAX_AHEAD = Duration.ofDays(1);

  private final PluginTrust trust;
  private final SeenIndexes seen;
  private final Clock clock;

  /**
   * Indexes for a plugins folder.
   *
   * @param trust if it has keys, an index must be signed by one of them
   */
  public PluginIndexes(Path plugins, PluginTrust trust, Clock clock) {
    this.trust = trust;
    this.seen = new SeenIndexes(plugins);
    this.clock = clock;
  }

  /**
   * Opens an index.
   *
   * @param location a folder or an address
   * @throws IOException if it cannot be read or must not be used; the message is a sentence
   */
  public OpenedIndex open(String location) throws IOException {
    var place = Place.of(location);
    var name = place.text();
    var bytes = read(place, PluginIndex.FILE, MAX_INDEX);
    if (bytes == null) {
      throw new IndexException(
          "There is no index in %s: it has no file %s.".formatted(name, PluginIndex.FILE));
    }
    var signing = signing(place, bytes);
    if (trust.wantsSignatures()) {
      check(name, signing);
    }
    PluginIndex index;
    try {
      index = IndexParser.parse(bytes);
    } catch (IndexException e) {
      throw new IndexException(
          "The index of %s cannot be read: %s.".formatted(name, e.getMessage()), e);
    }
    checkTime(name, index);
    return new OpenedIndex(name, index, signing.validSigner(), places(place, index));
  }

  private Signing signing(Place place, byte[] bytes) throws IOException {
    var text = read(place, PluginIndex.FILE + TrustedKeys.SIGNATURE, MAX_SIGNATURE);
    return trust
        .trustedKeys()
        .check(SignedContent.of(bytes), text == null ? null : new String(text, UTF_8));
  }

  private static byte @Nullable [] read(Place place, String file, int limit) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try {
      place.read(file, limit, bytes);
      return bytes.toByteArray();
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new IndexException("The index cannot be used: " + e.getMessage() + ".", e);
    }
  }

  private static void check(String name, Signing signing) throws IndexException {
    var problem =
        switch (signing.state()) {
          case VALID -> null;
          case UNSIGNED -> "it is not signed; there is no index.json.minisig beside it";
          case BROKEN -> "its signature is not one of this index: " + signing.why();
          case UNKNOWN_SIGNER ->
              "it is signed with the key %s, which is not among the trusted keys (plugins.keys)"
                  .formatted(signing.signer());
          case REVOKED -> "it is signed with the key " + signing.signer() + ", which was revoked";
        };
    if (problem != null) {
      throw new IndexException("The index of %s is not used: %s.".formatted(name, problem));
    }
  }

  private void checkTime(String name, PluginIndex index) throws IOException {
    var now = clock.instant();
    var expires = index.expires();
    if (expires != null && expires.isBefore(now)) {
      throw new IndexException(
          "The index of %s expired on %s. Whoever keeps it must make it again: longline plugins index FOLDER. If it is not expired, check the clock of this machine."
              .formatted(name, expires));
    }
    if (index.timestamp().isAfter(now.plus(MAX_AHEAD))) {
      throw new IndexException(
          "The index of %s says that it was made on %s, which is yet to come; check the clock of this machine."
              .formatted(name, index.timestamp()));
    }
    var newest = seen.remember(name, index.timestamp());
    if (newest.isAfter(index.timestamp())) {
      throw new IndexException(
          "The index of %s was made on %s, and one of %s was seen before; somebody may hide what was released since. If it was put back on purpose, remove %s."
              .formatted(name, index.timestamp(), newest, seen.file()));
    }
  }

  private static List<Place> places(Place place, PluginIndex index) throws IndexException {
    var places = new ArrayList<Place>();
    places.add(place);
    for (var mirror : index.mirrors().stream().limit(MAX_MIRRORS).toList()) {
      var other = Place.of(mirror);
      if (!place.allows(other)) {
        throw new IndexException(
            "The index of %s names the mirror %s, which is not an https address."
                .formatted(place.text(), other.text()));
      }
      places.add(other);
    }
    return places;
  }
}
