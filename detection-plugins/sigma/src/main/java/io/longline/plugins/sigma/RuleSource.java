package io.longline.plugins.sigma;

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
  private final LongSupplier nanoTime;
  private @Nullable SigmaSettings settings;
  private @Nullable RuleFiles files;
  private @Nullable String siteVersion;
  private @Nullable RuleDocuments documents;
  private @Nullable T made;
  private long checked;

  /**
   * A source that has read nothing so far.
   *
   * @param maker makes it of documents
   * @param nanoTime a clock, as {@link System#nanoTime}
   */
  RuleSource(BiFunction<SigmaSettings, RuleDocuments, T> maker, LongSupplier nanoTime) {
    this.maker = maker;
    this.nanoTime = nanoTime;
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
