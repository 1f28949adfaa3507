package io.longline.plugins.sigma;

import io.longline.api.Interest;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is made of the rule files, made again when they change. Thread-safe.
 *
 * @param <T> what is made of them
 */
final class RuleSource<T> {

  /** How long files are taken as unchanged. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final BiFunction<SigmaSettings, RuleDocuments, T> maker;
  private final BiFunction<T, Interest, T> restriction;
  private final LongSupplier nanoTime;
  private @Nullable SigmaSettings settings;
  private @Nullable RuleFiles files;
  private @Nullable String siteVersion;
  private @Nullable RuleDocuments documents;
  private @Nullable T made;
  private long checked;
  private @Nullable Restricted<T> restricted;

  /** What of all can be used with what the host reads. */
  private record Restricted<T>(T all, Interest read, T usable) {}

  /**
   * A source that has read nothing so far.
   *
   * @param maker makes it of documents
   * @param restriction what of it can be used with what the host reads
   * @param nanoTime a clock, as {@link System#nanoTime}
   */
  RuleSource(
      BiFunction<SigmaSettings, RuleDocuments, T> maker,
      BiFunction<T, Interest, T> restriction,
      LongSupplier nanoTime) {
    this.maker = maker;
    this.restriction = restriction;
    this.nanoTime = nanoTime;
  }

  /**
   * What of {@link #get(SigmaSettings)} can be used.
   *
   * @param read what the host reads; null if that is not known
   * @return the same object until a file changes
   */
  @SuppressWarnings("ReferenceEquality") // Whether it is the same object is the question.
  synchronized T get(SigmaSettings wanted, @Nullable Interest read) {
    var all = get(wanted);
    if (read == null) {
      return all;
    }
    var known = restricted;
    if (known == null || known.all() != all || !known.read().equals(read)) {
      known = new Restricted<>(all, read, restriction.apply(all, read));
      restricted = known;
    }
    return known.usable();
  }

  /**
   * What the files are at present, or were a few seconds ago.
   *
   * @return the same object until a file changes
   * @throws IllegalArgumentException if the site file cannot be used
   */
  synchronized T get(SigmaSettings wanted) {
    long now = nanoTime.getAsLong();
    var known = made;
    if (known != null && wanted.equals(settings) && now - checked < PATIENCE_NANOS) {
      return known;
    }
    var found = RuleFiles.find(wanted.rules());
    var site = wanted.site().map(RuleFiles::version).orElse("");
    boolean isSame =
        known != null
            && wanted.equals(settings)
            && found.equals(files)
            && Objects.equals(site, siteVersion);
    if (isSame && known != null) {
      checked = now;
      return known;
    }
    var read = RuleDocuments.read(wanted, found, wanted.equals(settings) ? documents : null);
    var fresh = maker.apply(wanted, read);
    documents = read;
    settings = wanted;
    files = found;
    siteVersion = site;
    made = fresh;
    checked = now;
    return fresh;
  }
}
