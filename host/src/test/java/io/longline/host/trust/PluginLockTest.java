package io.longline.host.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tomlj.Toml;

class PluginLockTest {

  private static final Instant TIME = Instant.parse("2026-11-27T13:01:57Z");

  @TempDir Path folder;

  private static LockedPlugin entry(String id, String version, char digit) {
    return new LockedPlugin(
        id, version, String.valueOf(digit).repeat(64), "/a \"b\"\\c\n\u001b[31m", "", TIME, false);
  }

  @Test
  void thereIsNoneAtFirst() throws IOException {
    assertThat(PluginLock.in(folder).isEmpty()).isTrue();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    var signed = new LockedPlugin("b", "2", "b".repeat(64), "", "A7A7A7A7A7A7A7A7", TIME, true);
    var written =
        PluginLock.change(folder, lock -> lock.with(signed).with(entry("a", "1.0.0", 'a')));
    assertThat(written.plugins()).containsExactly(entry("a", "1.0.0", 'a'), signed);
    assertThat(PluginLock.in(folder).plugins()).isEqualTo(written.plugins());
  }

  /** Other programs read it with a parser for TOML. */
  @Test
  void isToml() throws IOException {
    PluginLock.change(folder, lock -> lock.with(entry("a", "1.0.0", 'a').pinned(true)));
    var parsed = Toml.parse(folder.resolve(PluginLock.FILE));
    assertThat(parsed.errors()).isEmpty();
    var table = parsed.getArray("plugin").getTable(0);
    assertThat(table.getString("origin")).isEqualTo(entry("a", "1", 'a').origin());
    assertThat(table.getString("time")).isEqualTo("2026-11-27T13:01:57Z");
    assertThat(table.getBoolean("pinned")).isTrue();
    assertThat(table.getString("signer")).isNull();
  }

  @Test
  void twoHashesOfAPluginStandBesideEachOtherWhileItIsExchanged() throws IOException {
    var old = entry("a", "1", '1');
    var next = entry("A", "2", '2');
    var both = PluginLock.change(folder, lock -> lock.with(old).with(next));
    assertThat(both.has("a", old.sha256())).isTrue();
    assertThat(both.has("a", next.sha256())).isTrue();
    var one = PluginLock.change(folder, lock -> lock.withOnly(next));
    assertThat(one.plugins()).containsExactly(next);
    assertThat(PluginLock.change(folder, lock -> lock.without("a")).isEmpty()).isTrue();
  }

  @Test
  void aLineThatCannotBeReadIsReportedWithWhatToDo() throws IOException {
    var file = folder.resolve(PluginLock.FILE);
    for (var text :
        new String[] {
          "[[plugin]]\nid = 3\n",
          "\nid = \"a\"\n",
          "[[plugin]]\nhash = \"a\"\n",
          "[[plugin]]\npinned = \"true\"\n",
        }) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> PluginLock.in(folder))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file + ":2: ")
          .hasMessageContaining("record the jars of the folder again");
    }
    Files.writeString(file, "[[plugin]]\nid = \"a\"\nsha256 = \"abc\"\ntime = \"now\"\n");
    assertThatThrownBy(() -> PluginLock.in(folder)).hasMessageContaining(":1: the entry");
    Files.writeString(file, "[[plugin]]\nid = \"\\u12\"\n");
    assertThatThrownBy(() -> PluginLock.in(folder)).hasMessageContaining("four digits");
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    var other = Files.writeString(folder.resolve("other"), "");
    Files.createSymbolicLink(folder.resolve(PluginLock.FILE), other);
    assertThatThrownBy(() -> PluginLock.in(folder)).isInstanceOf(IOException.class);
  }

  @Test
  void changesThatAreMadeAtTheSameTimeAreAllThere() throws Exception {
    var changes = new ArrayList<Callable<PluginLock>>();
    for (int i = 0; i < 20; i++) {
      var id = "p" + i;
      changes.add(() -> PluginLock.change(folder, lock -> lock.with(entry(id, "1", '0'))));
    }
    var threads = Executors.newFixedThreadPool(4);
    try {
      for (var each : threads.invokeAll(changes)) {
        each.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(PluginLock.in(folder).plugins()).hasSize(20);
  }
}
