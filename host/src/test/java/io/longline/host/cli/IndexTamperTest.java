package io.longline.host.cli;

import static io.longline.host.testing.PluginJars.goodHook;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.FileServer;
import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an index, its server, or somebody between does keeps a jar from being installed. */
@Timeout(60)
class IndexTamperTest {

  private static final SigningKey KEY = SigningKey.withId(0xA7);

  @TempDir Path home;

  private CliHarness cli;
  private Path site;
  private Path plugins;
  private FileServer server;

  @BeforeEach
  void makeASite() throws IOException {
    cli = new CliHarness(home);
    plugins = Files.createDirectories(home.resolve("plugins-dir"));
    site = Files.createDirectories(home.resolve("site"));
    KEY.writeTo(home.resolve("keys"), "site.pub");
    jar("good-1.0.0.jar", "good", "1.0.0");
    jar("good-2.0.0.jar", "good", "2.0.0");
    index();
    server = FileServer.of(site);
  }

  @AfterEach
  void closeTheServer() {
    server.close();
  }

  private Path jar(String name, String id, String version) throws IOException {
    var jar =
        new PluginJars(site)
            .jar(name)
            .plugin(id, version)
            .manifest("Plugin-Description", "Does good")
            .manifest("Plugin-License", "MIT")
            .source(goodHook("Good"))
            .index("test.plugin.Good")
            .build();
    KEY.sign(jar);
    return jar;
  }

  private void index(String... more) throws IOException {
    var args = new ArrayList<>(List.of("plugins", "index", site.toString()));
    args.addAll(List.of(more));
    assertThat(cli.run(args.toArray(String[]::new))).as(cli.err()).isZero();
    KEY.sign(site.resolve("index.json"));
  }

  /** Changes the index, and signs it as its owner would. */
  private void edit(String from, String to) throws IOException {
    var file = site.resolve("index.json");
    var text = Files.readString(file);
    assertThat(text).containsPattern(from);
    Files.writeString(file, text.replaceAll(from, to));
    KEY.sign(file);
  }

  private int run(String index, String... args) {
    var all = new ArrayList<>(List.of(args));
    all.addAll(
        List.of("--index", index, "--trust", "signed", "--keys", home.resolve("keys").toString()));
    return cli.run(all.toArray(String[]::new));
  }

  private void isRefused(String index, String why) {
    assertThat(run(index, "plugins", "install", "good")).isNotZero();
    assertThat(cli.err()).contains(why);
    try (var files = Files.list(plugins)) {
      assertThat(files.filter(file -> file.toString().endsWith(".jar"))).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void isInstalled(String index, String version) {
    assertThat(run(index, "plugins", "install", "good")).as(cli.err()).isZero();
    assertThat(plugins.resolve("good-" + version + ".jar"))
        .hasSameBinaryContentAs(site.resolve("good-" + version + ".jar"));
  }

  @Test
  void aFolderAndAServerAreIndexes() throws IOException {
    for (var index : List.of(site.toString(), site.toUri().toString(), server.url("/"))) {
      isInstalled(index, "2.0.0");
      assertThat(cli.run("plugins", "remove", "good")).isZero();
    }
    isInstalled(server.url("/index.json"), "2.0.0");
    assertThat(Files.readString(plugins.resolve("plugins.lock")))
        .contains("origin = \"" + server.url("/good-2.0.0.jar"), "signer = \"A7A7A7A7A7A7A7A7\"");
  }

  @Test
  void theVerbsWorkTogether() throws IOException {
    var index = server.url("/");
    assertThat(run(index, "plugins", "search", "GOOD")).as(cli.err()).isZero();
    assertThat(cli.out().replaceAll(" +", " ")).contains("good 2.0.0 - HOOK MIT Does good");
    assertThat(run(index, "plugins", "info", "good")).isZero();
    assertThat(cli.out()).contains("signed by A7A7A7A7A7A7A7A7", "longline plugins install good");
    var hint = cli.out().substring(cli.out().indexOf("longline plugins install") + 9).strip();
    assertThat(cli.run(hint.split(" "))).as("the hint works: %s", cli.err()).isZero();
    assertThat(cli.out()).contains("Installed " + plugins.resolve("good-2.0.0.jar"));
    assertThat(cli.run("plugins", "remove", "good")).isZero();
    assertThat(run(index, "plugins", "install", "good@1.0.0")).as(cli.err()).isZero();
    assertThat(run(index, "plugins", "outdated")).isZero();
    assertThat(cli.out().replaceAll(" +", " ")).contains("good 1.0.0 2.0.0 no");
    assertThat(run(index, "plugins", "pin", "good")).isEqualTo(2);
    assertThat(cli.run("plugins", "pin", "good")).isZero();
    assertThat(run(index, "plugins", "upgrade")).isZero();
    assertThat(cli.err()).contains("good is pinned at 1.0.0; there is 2.0.0.");
    assertThat(cli.run("plugins", "unpin", "good")).isZero();
    assertThat(run(index, "plugins", "upgrade")).as(cli.err()).isZero();
    assertThat(plugins.resolve("good-2.0.0.jar")).exists();
    assertThat(plugins.resolve("good-1.0.0.jar")).doesNotExist();
    assertThat(run(index, "plugins", "outdated")).isZero();
    assertThat(cli.out()).isEmpty();
    assertThat(run(index, "plugins", "install", "goood")).isEqualTo(2);
    assertThat(cli.err()).contains("Did you mean good?");
    assertThat(run(index, "plugins", "install", "good@9")).isEqualTo(2);
    assertThat(cli.run("plugins", "search")).isEqualTo(2);
    assertThat(cli.err()).contains("No index of plugins is named.");
  }

  /** Who keeps the first index from being read must not choose where a plugin comes from. */
  @Test
  void theFirstIndexThatHasAPluginCounts() throws IOException {
    var second = Files.createDirectories(home.resolve("second"));
    Files.copy(site.resolve("good-1.0.0.jar"), second.resolve("good-1.0.0.jar"));
    Files.copy(site.resolve("good-1.0.0.jar.minisig"), second.resolve("good-1.0.0.jar.minisig"));
    assertThat(cli.run("plugins", "index", second.toString())).isZero();
    KEY.sign(second.resolve("index.json"));
    isInstalled(second + "," + server.url("/"), "1.0.0");
    assertThat(cli.run("plugins", "remove", "good")).isZero();
    isInstalled(server.url("/") + "," + second, "2.0.0");
    assertThat(cli.run("plugins", "remove", "good")).isZero();
    server.remove("/index.json");
    isRefused(server.url("/") + "," + second, "an index that comes before it cannot be used");
    assertThat(run(server.url("/") + "," + second, "plugins", "search")).isEqualTo(1);
    isInstalled(second.toString(), "1.0.0");
  }

  @Test
  void anAlteredIndexIsNotUsed() throws IOException {
    var file = site.resolve("index.json");
    Files.writeString(file, Files.readString(file).replace("Does good", "Does bad"));
    isRefused(server.url("/"), "its signature is not one of this index");
    Files.delete(site.resolve("index.json.minisig"));
    isRefused(server.url("/"), "it is not signed");
    SigningKey.withId(0x11).sign(file);
    isRefused(server.url("/"), "key 1111111111111111, which is not among the trusted keys");
  }

  @Test
  void anIndexOfARevokedKeyIsNotUsed() throws IOException {
    KEY.writeTo(home.resolve("keys"), "site.revoked");
    isRefused(server.url("/"), "which was revoked");
  }

  @Test
  void anIndexThatIsRolledBackIsNotUsed() throws IOException {
    var old = Files.readAllBytes(site.resolve("index.json"));
    var oldSignature = Files.readAllBytes(site.resolve("index.json.minisig"));
    edit("\"timestamp\" : \"[^\"]*\"", "\"timestamp\" : \"" + Instant.now().plusSeconds(60) + "\"");
    assertThat(run(server.url("/"), "plugins", "search")).as(cli.err()).isZero();
    server.answer("/index.json", old);
    server.answer("/index.json.minisig", oldSignature);
    isRefused(server.url("/"), "somebody may hide what was released since");
    Files.delete(plugins.resolve("plugins.index-seen"));
    isInstalled(server.url("/"), "2.0.0");
  }

  @Test
  void anIndexThatHasExpiredIsNotUsed() throws IOException {
    index("--valid", "1d");
    assertThat(run(server.url("/"), "plugins", "search")).as(cli.err()).isZero();
    edit(
        "\"expires\" : \"[^\"]*\"",
        "\"expires\" : \"" + Instant.now().minus(Duration.ofHours(1)) + "\"");
    isRefused(server.url("/"), "longline plugins index FOLDER");
  }

  @Test
  void anIndexFromTheFutureIsNotUsed() throws IOException {
    edit("\"timestamp\" : \"[^\"]*\"", "\"timestamp\" : \"2999-01-01T00:00:00Z\"");
    isRefused(server.url("/"), "check the clock");
  }

  @Test
  void aMirrorThatServesOtherBytesIsPassedOver() throws IOException {
    index("--mirror", server.url("/one/"), "--mirror", server.url("/two/"));
    var jar = Files.readAllBytes(site.resolve("good-2.0.0.jar"));
    var evil = jar.clone();
    evil[evil.length / 2] ^= 1;
    server.answer("/good-2.0.0.jar", evil);
    server.answer("/one/good-2.0.0.jar", "short".getBytes(UTF_8));
    isRefused(server.url("/"), "another hash than the index says");
    assertThat(cli.err())
        .contains("has at " + server.url("/one/") + " 5 bytes")
        .contains("there is no " + server.url("/two/good-2.0.0.jar"));
    server.answer("/two/good-2.0.0.jar", jar);
    server.answer(
        "/two/good-2.0.0.jar.minisig", Files.readAllBytes(site.resolve("good-2.0.0.jar.minisig")));
    isInstalled(server.url("/"), "2.0.0");
  }

  @Test
  void aSizeThatIsNotTrueIsRefused() throws IOException {
    edit("\"size\" : \\d+", "\"size\" : 100");
    isRefused(server.url("/"), "it has more than the 100 bytes");
    isRefused(site.toString(), "has more than 100 bytes");
    edit("\"size\" : \\d+", "\"size\" : 100000000");
    isRefused(server.url("/"), "and the index says 100000000");
    edit("\"size\" : \\d+", "\"size\" : 99999999999999");
    isRefused(server.url("/"), "the size of a release is not a number from 1");
  }

  @Test
  void anAddressThatLeadsOutOfTheFolderIsRefused() throws IOException {
    for (var url :
        List.of(
            "../evil.jar",
            "/evil.jar",
            "a/../../evil.jar",
            "http://evil/x.jar",
            "//evil/x.jar",
            "%2e%2e/evil.jar",
            "file:/evil.jar",
            "x\\\\\\\\..\\\\\\\\evil.jar")) {
      edit("\"url\" : \"[^\"]*\"", "\"url\" : \"" + url + "\"");
      isRefused(site.toString(), "the url of a release is not a path to a jar below the folder");
    }
  }

  @Test
  void aLinkThatLeadsOutOfTheFolderIsRefused() throws IOException {
    var jar = site.resolve("good-2.0.0.jar");
    Files.move(jar, home.resolve("outside.jar"));
    Files.createSymbolicLink(jar, home.resolve("outside.jar"));
    isRefused(site.toString(), "leads out of the folder of the index");
  }

  @Test
  void anAnswerWithoutEndIsRefused() throws IOException {
    server.answer(
        "/index.json",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (var out = exchange.getResponseBody()) {
            var block = new byte[1 << 16];
            for (int i = 0; i < 10_000; i++) {
              out.write(block);
            }
          }
        });
    isRefused(server.url("/"), "more than the 16777216 bytes");
  }

  @Test
  void aRedirectStaysWithItsScheme() throws IOException {
    server.redirect("/index.json", "/moved.json");
    server.answer("/moved.json", Files.readAllBytes(site.resolve("index.json")));
    assertThat(run(server.url("/"), "plugins", "search")).as(cli.err()).isZero();
    server.redirect("/index.json", site.resolve("index.json").toUri().toString());
    isRefused(server.url("/"), "is not an https address");
    server.redirect("/index.json", "http://192.0.2.1/index.json");
    isRefused(server.url("/"), "is not an https address");
    server.redirect("/index.json", "https://127.0.0.1/index.json");
    isRefused(server.url("/"), "leads to another scheme");
    server.redirect("/index.json", "/index.json");
    isRefused(server.url("/"), "leads on more than 5 times");
  }

  @Test
  void httpIsForThisMachineAlone() {
    isRefused("http://192.0.2.1/", "http://192.0.2.1/ is not an https address");
    isRefused("ftp://127.0.0.1/", "write a path or an https address");
    isRefused("https://me:secret@plugins.example.org/", "without a name, a password");
  }

  @Test
  void anIndexOnAServerNamesNoFolderAsMirror() throws IOException {
    index("--mirror", home.toString());
    isRefused(server.url("/"), "names the mirror " + home);
  }

  @Test
  void aJarThatIsAnotherPluginIsRefused() throws IOException {
    edit("\"id\" : \"good\"", "\"id\" : \"better\"");
    assertThat(run(server.url("/"), "plugins", "install", "better")).isEqualTo(1);
    assertThat(cli.err()).contains("is good 2.0.0, and not better 2.0.0");
    assertThat(plugins.resolve("good-2.0.0.jar")).doesNotExist();
  }

  @Test
  void aJarWhoseSignatureIsNotThereIsRefused() throws IOException {
    server.remove("/good-2.0.0.jar.minisig");
    assertThat(run(server.url("/"), "plugins", "install", "good")).isEqualTo(1);
    assertThat(cli.out()).contains("NOT_SIGNED");
  }

  private int unbundle(Path bundle) {
    return cli.run(
        "plugins",
        "unbundle",
        bundle.toString(),
        "--plugins",
        home.resolve("far").toString(),
        "--trust",
        "signed",
        "--keys",
        home.resolve("keys").toString());
  }

  private Path bundle() throws IOException {
    isInstalled(server.url("/"), "2.0.0");
    var bundle = home.resolve("good.zip");
    assertThat(cli.run("plugins", "bundle", bundle.toString(), "good")).as(cli.err()).isZero();
    return bundle;
  }

  @Test
  void aBundleIsInstalledOnAnotherMachine() throws IOException {
    var bundle = bundle();
    assertThat(cli.run("plugins", "bundle", bundle.toString(), "gone")).isEqualTo(2);
    assertThat(unbundle(bundle)).as(cli.err()).isZero();
    var jar = home.resolve("far/good-2.0.0.jar");
    assertThat(jar).hasSameBinaryContentAs(site.resolve("good-2.0.0.jar"));
    assertThat(Path.of(jar + ".minisig")).exists();
    assertThat(Files.readString(home.resolve("far/plugins.lock")))
        .contains("origin = \"" + bundle + "!/good-2.0.0.jar\"");
  }

  @Test
  void aBundleHoldsNothingThatLeavesItsFolder() throws IOException {
    for (var name :
        List.of("../evil.jar", "/tmp/evil.jar", "a/evil.jar", "..", ".hidden.jar", "run.sh")) {
      var bundle = bundle();
      try (var zip = FileSystems.newFileSystem(bundle)) {
        Files.writeString(zip.getPath("/harmless.jar"), "x");
      }
      rename(bundle, "harmless.jar", name);
      assertThat(unbundle(bundle)).as(name).isEqualTo(3);
      assertThat(cli.err()).contains("it holds \"" + name + "\"", "Nothing was installed");
      assertThat(home.resolve("far")).doesNotExist();
      assertThat(home.resolve("evil.jar")).doesNotExist();
    }
  }

  /** Copies a zip file, with another name for an entry, which no library would write. */
  private static void rename(Path bundle, String name, String other) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var from = new ZipFile(bundle.toFile());
        var to = new ZipOutputStream(bytes)) {
      for (var entry : Collections.list(from.entries())) {
        to.putNextEntry(new ZipEntry(entry.getName().equals(name) ? other : entry.getName()));
        from.getInputStream(entry).transferTo(to);
      }
    }
    Files.write(bundle, bytes.toByteArray());
  }

  @Test
  void aBundleWhoseJarWasChangedIsNotInstalled() throws IOException {
    var bundle = bundle();
    try (var zip = FileSystems.newFileSystem(bundle)) {
      Files.copy(
          site.resolve("good-1.0.0.jar"),
          zip.getPath("/good-2.0.0.jar"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(unbundle(bundle)).isEqualTo(1);
    assertThat(cli.err())
        .contains("good-2.0.0.jar is not the jar that plugins.lock of the bundle has");
    try (var zip = FileSystems.newFileSystem(bundle)) {
      Files.delete(zip.getPath("/good-2.0.0.jar"));
      Files.copy(site.resolve("good-2.0.0.jar"), zip.getPath("/good-2.0.0.jar"));
      Files.delete(zip.getPath("/good-2.0.0.jar.minisig"));
    }
    assertThat(unbundle(bundle)).isEqualTo(1);
    assertThat(cli.err()).contains("NOT_SIGNED");
    assertThat(home.resolve("far")).doesNotExist();
    assertThat(unbundle(Files.writeString(home.resolve("no.zip"), "no zip"))).isEqualTo(3);
    assertThat(unbundle(home.resolve("gone.zip"))).isEqualTo(2);
  }

  @Test
  void whatIsNoIndexIsRefusedWithItsLine() throws IOException {
    for (var text :
        List.of("", "[]", "{}", "{\"timestamp\": 3}", "[".repeat(1000), "{\"a\":1,\"a\":2}")) {
      Files.writeString(site.resolve("index.json"), text);
      KEY.sign(site.resolve("index.json"));
      isRefused(site.toString(), "The index of " + site + " cannot be read: ");
    }
    Files.delete(site.resolve("index.json"));
    isRefused(site.toString(), "There is no index in " + site);
  }
}
