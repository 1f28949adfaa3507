package io.longline.host.plugins;

import io.longline.host.trust.FolderTrust;
import io.longline.host.trust.LockedPlugin;
import io.longline.host.trust.PluginLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Installs jars into a plugins folder: verifies each, records it in {@code plugins.lock}, and puts
 * it there. The lock admits the old jar and the new one as long as both may be in the folder, so
 * that a crash at any moment leaves a plugin that is loaded. Confined to one thread.
 */
public final class PluginInstallation {

  private final PluginFolder folder;
  private final FolderTrust trust;
  private final Clock clock;

  /**
   * An installation.
   *
   * @param trust the policy and the keys for the folder
   * @param clock for the lock
   */
  public PluginInstallation(PluginFolder folder, FolderTrust trust, Clock clock) {
    this.folder = folder;
    this.trust = trust;
    this.clock = clock;
  }

  /**
   * What came of a jar. Immutable.
   *
   * @param report what was found in it
   * @param installed where it is; null if it was not installed
   */
  public record Result(JarVerifier.Report report, PluginFolder.@Nullable Installed installed) {}

  /** The folder. */
  public Path folder() {
    return folder.path();
  }

  /** Verifies a jar as installing does. */
  public JarVerifier.Report verify(StagedJar jar, Path shown) {
    return JarVerifier.verify(shown, jar.file(), new TrustCheck(folder.path(), trust));
  }

  /**
   * Installs a jar, unless it is bad.
   *
   * @param jar the copy that is verified and installed
   * @param report what {@link #verify} has found in it
   * @param origin where it came from
   * @param isForced whether it is installed though it is bad
   * @throws IOException if it cannot be put into the folder
   */
  public Result install(StagedJar jar, JarVerifier.Report report, String origin, boolean isForced)
      throws IOException {
    if (report.isBad() && (!isForced || report.version().isEmpty())) {
      return new Result(report, null);
    }
    var entry = entry(jar, report, origin);
    PluginLock.change(folder.path(), lock -> lock.with(entry));
    var installed = folder.install(jar.file(), report.id(), report.version());
    PluginLock.change(folder.path(), lock -> lock.withOnly(entry));
    return new Result(report, installed);
  }

  private LockedPlugin entry(StagedJar jar, JarVerifier.Report report, String origin)
      throws IOException {
    var known = trust.of(jar.file(), jar.file(), report.id());
    boolean isPinned =
        PluginLock.in(folder.path()).of(report.id()).stream().anyMatch(LockedPlugin::isPinned);
    return new LockedPlugin(
        report.id(),
        report.version(),
        known.sha256(),
        origin,
        known.signing().validSigner(),
        clock.instant(),
        isPinned);
  }
}
