package io.longline.host.cli;

import static io.longline.host.testing.PluginJars.goodHook;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SigningKey;
import io.longline.host.trust.PluginLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does to jars, signatures and the lock keeps a plugin from being loaded. */
class PluginTamperTest {

  private static final SigningKey KEY = SigningKey.withId(0xA7);
  private static final SigningKey OTHER_KEY = SigningKey.withId(0x11);

  @TempDir Path home;

  private CliHarness cli;
  private Path plugins;
  private Path keys;
  private Path ran;

  @BeforeEach
  void prepare() throws IOException {
    cli = new CliHarness(home);
    plugins = Files.createDirectories(home.resolve("plugins-dir"));
    keys = home.resolve("keys");
    ran = home.resolve("ran");
    KEY.writeTo(keys, "site.pub");
  }

  /** A plugin that leaves a trace when any of its code runs. */
  private Path jar(String name, String version, String text) throws IOException {
    return new PluginJars(Files.createDirectories(home.resolve("made")))
        .jar(name)
        .plugin("good", version)
        .entry("text.txt", text)
        .source(
            goodHook("Good")
                .replace(
                    "public class Good implements LogHook {",
                    """
                    public class Good implements LogHook {
                      static {
                        try {
                          java.nio.file.Files.writeString(java.nio.file.Path.of("%s"), "");
                        } catch (java.io.IOException e) {
                          throw new java.io.UncheckedIOException(e);
                        }
                      }
                    """
                        .formatted(ran)))
        .index("test.plugin.Good")
        .build();
  }

  private int run(String policy, String... args) {
    var all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--trust", policy, "--keys", keys.toString()));
    return cli.run(all.toArray(String[]::new));
  }

  /** Installs a jar, which is loaded with any policy. */
  private Path install() throws IOException {
    var jar = jar("good.jar", "1.0.0", "original");
    KEY.sign(jar);
    assertThat(run("signed", "plugins", "install", jar.toString())).as(cli.err()).isZero();
    for (var policy : List.of("any", "pinned", "signed")) {
      assertThat(run(policy, "plugins")).as(cli.out()).isZero();
      assertThat(cli.out()).contains("as installed, signed by A7A7A7A7A7A7A7A7");
      assertThat(ran).exists();
      Files.delete(ran);
    }
    return plugins.resolve("good-1.0.0.jar");
  }

  private void isNotLoaded(String policy, String code) throws IOException {
    assertThat(run(policy, "plugins")).isEqualTo(1);
    assertThat(cli.out()).contains(code);
    var jar = plugins.resolve("good-1.0.0.jar").toString();
    assertThat(run(policy, "plugins", "verify", jar)).isEqualTo(1);
    assertThat(cli.out()).contains(code);
    var logs = Files.createDirectories(home.resolve("logs"));
    Files.writeString(logs.resolve("dns.log"), "");
    assertThat(run(policy, "run", logs.toString(), "--output", home.resolve("output").toString()))
        .isNotZero();
    assertThat(
            run(
                policy,
                "run",
                logs.toString(),
                "--isolate",
                "all",
                "--output",
                home.resolve("output").toString()))
        .isNotZero();
    assertThat(ran).as("no class of it has run").doesNotExist();
  }

  /** The remedy names the command that makes it right. */
  private void theRemedyWorks() {
    assertThat(run("pinned", "plugins")).isEqualTo(1);
    var remedy = cli.out().substring(cli.out().indexOf("longline plugins lock") + 9);
    var command = remedy.lines().findFirst().orElseThrow();
    assertThat(cli.run(command.strip().split(" "))).as(cli.err()).isZero();
    assertThat(run("pinned", "plugins")).as(cli.out()).isZero();
    assertThat(ran).exists();
  }

  private static Path signatureOf(Path jar) {
    return Path.of(jar + ".minisig");
  }

  @Test
  void aJarThatWasChangedIsNotLoaded() throws IOException {
    var jar = install();
    Files.copy(jar("evil.jar", "1.0.0", "evil"), jar, REPLACE_EXISTING);
    isNotLoaded("signed", "BAD_SIGNATURE");
    isNotLoaded("pinned", "CHANGED_SINCE_INSTALL");
    theRemedyWorks();
  }

  @Test
  void withAnyPolicyAJarThatWasChangedIsLoadedWithANote() throws IOException {
    var jar = install();
    Files.copy(jar("evil.jar", "1.0.0", "evil"), jar, REPLACE_EXISTING);
    assertThat(run("any", "plugins")).isZero();
    assertThat(cli.out()).contains("DIFFERS_FROM_LOCK", "not as installed, bad signature");
    assertThat(ran).exists();
  }

  @Test
  void aJarThatWasCutOffIsNotLoaded() throws IOException {
    var jar = install();
    var bytes = Files.readAllBytes(jar);
    Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));
    for (var policy : List.of("any", "pinned", "signed")) {
      isNotLoaded(policy, "NOT_A_JAR");
    }
  }

  @Test
  void aJarThatWasSignedAgainWithAnotherKeyIsNotLoaded() throws IOException {
    var jar = install();
    Files.copy(jar("evil.jar", "1.0.0", "evil"), jar, REPLACE_EXISTING);
    OTHER_KEY.sign(jar);
    isNotLoaded("signed", "UNKNOWN_SIGNER");
  }

  @Test
  void aJarOfARevokedKeyIsNotLoaded() throws IOException {
    var jar = install();
    Files.move(keys.resolve("site.pub"), keys.resolve("site.revoked"));
    isNotLoaded("signed", "REVOKED_KEY");
    assertThat(run("pinned", "plugins")).as("the lock is another thing").isZero();
    var again = Files.copy(jar, home.resolve("again.jar"));
    Files.copy(signatureOf(jar), signatureOf(again));
    OTHER_KEY.writeTo(keys, "other.pub");
    assertThat(run("any", "plugins", "install", again.toString())).isEqualTo(1);
    assertThat(cli.out()).contains("REVOKED_KEY");
  }

  @Test
  void theSignatureOfAnotherFileIsNoSignature() throws IOException {
    var jar = install();
    var other = jar("other.jar", "2.0.0", "other");
    KEY.sign(other);
    Files.copy(signatureOf(other), signatureOf(jar), REPLACE_EXISTING);
    isNotLoaded("signed", "BAD_SIGNATURE");
  }

  @Test
  void anAlteredTrustedCommentBreaksTheSignature() throws IOException {
    var jar = install();
    var signature = signatureOf(jar);
    Files.writeString(signature, Files.readString(signature).replace("timestamp:1", "timestamp:2"));
    isNotLoaded("signed", "BAD_SIGNATURE");
  }

  @Test
  void aJarWithoutItsSignatureIsNotLoaded() throws IOException {
    Files.delete(signatureOf(install()));
    isNotLoaded("signed", "NOT_SIGNED");
  }

  @Test
  void aLockThatWasEditedDoesNotAdmitTheJar() throws IOException {
    install();
    var lock = plugins.resolve(PluginLock.FILE);
    var text = Files.readString(lock);
    Files.writeString(lock, text.replaceFirst("sha256 = \".{4}", "sha256 = \"0000"));
    isNotLoaded("pinned", "CHANGED_SINCE_INSTALL");
    Files.delete(lock);
    isNotLoaded("pinned", "NOT_PINNED");
    theRemedyWorks();
    Files.writeString(lock, "no lock");
    assertThat(run("pinned", "plugins")).isEqualTo(3);
    assertThat(cli.err()).contains("plugins.lock:1: write [[plugin]]");
  }

  @Test
  void anotherVersionBesideTheInstalledOneIsNotLoaded() throws IOException {
    install();
    Files.copy(jar("newer.jar", "2.0.0", "newer"), plugins.resolve("good-2.0.0.jar"));
    assertThat(run("pinned", "plugins")).isEqualTo(1);
    assertThat(cli.out())
        .contains("plugins.lock has version 1.0.0 of the plugin, and this is version 2.0.0.")
        .containsPattern("good-1.0.0.jar +good +1.0.0 +loaded");
  }

  @Test
  void installingRefusesWhatWouldNotBeLoaded() throws IOException {
    var jar = jar("good.jar", "1.0.0", "original");
    assertThat(run("signed", "plugins", "install", jar.toString())).isEqualTo(1);
    assertThat(cli.out()).contains("NOT_SIGNED");
    OTHER_KEY.sign(jar);
    assertThat(run("signed", "plugins", "install", jar.toString())).isEqualTo(1);
    assertThat(cli.out()).contains("UNKNOWN_SIGNER");
    KEY.sign(jar("evil.jar", "1.0.0", "evil"));
    Files.move(home.resolve("made/evil.jar.minisig"), signatureOf(jar), REPLACE_EXISTING);
    assertThat(run("any", "plugins", "install", jar.toString())).isEqualTo(1);
    assertThat(cli.out()).contains("BAD_SIGNATURE");
    assertThat(plugins).isEmptyDirectory();
    assertThat(ran).doesNotExist();
  }

  @Test
  void aKeyThatCannotBeReadStopsEverythingThatIsSigned() throws IOException {
    install();
    Files.writeString(keys.resolve("lost.revoked"), "");
    assertThat(run("signed", "plugins")).isEqualTo(3);
    assertThat(cli.err()).contains("lost.revoked is not a public key of minisign");
    assertThat(cli.run("plugins", "--trust", "signed")).isEqualTo(2);
    assertThat(cli.err()).contains("plugins.keys is missing");
    assertThat(ran).doesNotExist();
  }

  @Test
  void installsEachJarOfAFolder() throws IOException {
    KEY.sign(jar("good.jar", "1.0.0", "original"));
    assertThat(run("signed", "plugins", "install", home.resolve("made").toString()))
        .as(cli.err())
        .isZero();
    assertThat(plugins.resolve("good-1.0.0.jar")).exists();
    var empty = Files.createDirectories(home.resolve("empty"));
    assertThat(run("signed", "plugins", "install", empty.toString())).isEqualTo(2);
    assertThat(cli.err()).contains("There is no jar in " + empty);
  }
}
