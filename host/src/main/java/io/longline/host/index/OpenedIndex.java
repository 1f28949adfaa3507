package io.longline.host.index;

import io.longline.host.plugins.StagedJar;
import io.longline.host.trust.FolderTrust;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/**
 * An index that was checked, with the places where its jars are. Immutable.
 *
 * @param name the index as people write it
 * @param content what it says
 * @param signer the key that has signed it; empty if nobody asked
 * @param places where its jars are, to be tried in this order
 */
public record OpenedIndex(String name, PluginIndex content, String signer, List<Place> places) {

  private static final int MAX_SIGNATURE = 64 << 10;

  /** Makes a copy. */
  public OpenedIndex {
    places = List.copyOf(places);
  }

  /**
   * Gets the jar of a release, with its signature if there is one, from the first place that has
   * the jar with the size and the hash of the index.
   *
   * @throws IndexException if no place has it; the message has a sentence for each
   */
  public StagedJar download(IndexedPlugin plugin, IndexedRelease release) throws IOException {
    var problems = new ArrayList<String>();
    for (var place : places) {
      var jar = StagedJar.named(plugin.id() + "-" + release.version() + ".jar");
      boolean isDone = false;
      try {
        read(place, release, jar);
        isDone = true;
        return jar;
      } catch (IOException e) {
        problems.add(
            e instanceof NoSuchFileException ? "there is no " + e.getMessage() : e.getMessage());
      } finally {
        if (!isDone) {
          jar.close();
        }
      }
    }
    throw new IndexException(
        "%s %s could not be got from %s: %s."
            .formatted(plugin.id(), release.version(), name, String.join("; ", problems)));
  }

  private static void read(Place place, IndexedRelease release, StagedJar jar) throws IOException {
    try (var out = Files.newOutputStream(jar.file())) {
      place.read(release.url(), release.size(), out);
    }
    long size = Files.size(jar.file());
    if (size != release.size()) {
      throw new IOException(
          "%s has at %s %d bytes, and the index says %d"
              .formatted(release.url(), place.text(), size, release.size()));
    }
    if (!FolderTrust.sha256(jar.file()).equals(release.sha256())) {
      throw new IOException(
          "%s has at %s another hash than the index says".formatted(release.url(), place.text()));
    }
    var signature = new ByteArrayOutputStream();
    try {
      place.read(release.url() + ".minisig", MAX_SIGNATURE, signature);
      jar.sign(new ByteArrayInputStream(signature.toByteArray()));
    } catch (NoSuchFileException e) {
      // Whether it must be signed is decided where it is installed.
    }
  }
}
