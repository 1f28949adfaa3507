package io.longline.host.plugins;

import static io.longline.host.testing.PluginJars.goodHook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SigningKey;
import io.longline.host.trust.FolderTrust;
import io.longline.host.trust.PluginTrust;
import io.longline.host.trust.TrustPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is checked is what is loaded, whatever becomes of the file in the meantime. */
class TrustedCopyTest {

  private static final SigningKey KEY = SigningKey.withId(0xA7);
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path home;

  private Path folder;
  private Path copies;
  private Path file;
  private PluginTrust trust;

  @BeforeEach
  void prepare() throws IOException {
    folder = Files.createDirectories(home.resolve("plugins"));
    copies = Files.createDirectories(home.resolve("copies"));
    KEY.writeTo(home.resolve("keys"), "site.pub");
    trust = new PluginTrust(TrustPolicy.SIGNED, home.resolve("keys"));
    file = jar(folder, "Honest");
    KEY.sign(file);
  }

  private static Path jar(Path folder, String hook) throws IOException {
    return new PluginJars(folder)
        .jar("good.jar")
        .plugin("good", "1.0.0")
        .source(goodHook(hook))
        .index("test.plugin." + hook)
        .build();
  }

  private void swap() throws IOException {
    var evil = jar(Files.createDirectories(home.resolve("evil")), "Evil");
    Files.copy(evil, file, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void aJarThatIsSwappedAfterTheCheckIsNotLoaded() throws IOException {
    var jars = FolderJars.of(new TrustCheck(folder, trust.in(folder)), copies);
    swap();
    var selection = jars.select();
    var loader = new JarLoader(folder, LIMIT, null);
    var loaded =
        jars.loaded(selection, new SelectionLoading(selection, LoadedPlugins.NONE, loader).load());
    try {
      assertThat(loaded.plugins().get(0).hooks())
          .extracting(InstalledHook::id)
          .containsExactly("good/Honest");
    } finally {
      loaded.loaded().all().forEach(LoadedPlugin::unload);
    }
  }

  /** A copy that is gone is not made again of a jar that nobody has checked. */
  @Test
  void aCopyIsNotMadeAgainOfASwappedJar() throws IOException {
    var jar =
        FolderJars.of(new TrustCheck(folder, trust.in(folder)), copies).candidates().get(file);
    assertThat(jar.content().getFileName().toString()).startsWith(FolderTrust.sha256(file));
    var copy = new PluginProcesses.JarCopy(file, jar.content());
    Files.delete(jar.content());
    copy.restore();
    assertThat(jar.content()).hasSameBinaryContentAs(file);
    Files.delete(jar.content());
    swap();
    assertThatThrownBy(copy::restore).hasMessageContaining("the jar has changed since");
  }

  @Test
  void aNewJarIsCheckedBesideThePluginThatRuns() throws IOException {
    try (var privateFolder = PrivateFolder.in(home);
        var catalog = PluginCatalog.load(folder, trust, LIMIT, privateFolder, new NoProcesses())) {
      assertThat(catalog.hooks()).extracting(InstalledHook::id).containsExactly("good/Honest");
      swap();
      var next = catalog.next(plugin -> List.of());
      assertThat(next.problems())
          .extracting(PluginProblem::code)
          .containsExactly(PluginProblem.Code.BAD_SIGNATURE);
      assertThat(next.hooks()).extracting(InstalledHook::id).containsExactly("good/Honest");
      KEY.sign(file);
      var last = next.next(plugin -> List.of());
      assertThat(last.problems()).isEmpty();
      assertThat(last.hooks()).extracting(InstalledHook::id).containsExactly("good/Evil");
      last.close();
    }
  }

  /** All plugins run in this process. */
  private static final class NoProcesses implements PluginProcesses {
    @Override
    public boolean isIsolated(String pluginId) {
      return false;
    }

    @Override
    public PluginProcess start(String pluginId, List<JarCopy> jars) {
      throw new IllegalStateException(pluginId);
    }
  }
}
