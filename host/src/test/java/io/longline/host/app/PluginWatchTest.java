package io.longline.host.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.concurrent.HostLoops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thread of the watch does nothing here: each test looks by hand. */
class PluginWatchTest {

  @TempDir Path folder;

  /** The content of the folder at each attempt to take a change. */
  private final List<String> takes = new ArrayList<>();

  /** The exceptions that the next attempts fail with. */
  private final Queue<PluginWatch.Change> failures = new ArrayDeque<>();

  private PluginWatch watch;

  @BeforeEach
  void start() {
    watch = new PluginWatch(folder, this::take, Duration.ofDays(1));
  }

  @AfterEach
  void close() {
    watch.close();
  }

  private void take() throws IOException {
    var jars = new TreeMap<String, Long>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        jars.put(file.getFileName().toString(), Files.size(file));
      }
    }
    takes.add(jars.toString());
    var failure = failures.poll();
    if (failure != null) {
      failure.take();
    }
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      watch.look();
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(
        folder.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void theInitialFolderIsTakenOnce() throws IOException {
    write("a.jar", "123");
    look(1);
    assertThat(takes).isEmpty();
    look(5);
    assertThat(takes).containsExactly("{a.jar=3}");
  }

  @Test
  void aChangeCountsWhenTwoLooksInARowAreTheSame() throws IOException {
    look(2);
    write("a.jar", "123");
    look(1);
    assertThat(takes).hasSize(1);
    look(1);
    assertThat(takes).containsExactly("{}", "{a.jar=3}");
    Files.delete(folder.resolve("a.jar"));
    look(2);
    assertThat(takes).containsExactly("{}", "{a.jar=3}", "{}");
  }

  @Test
  void aJarThatIsBeingCopiedIsLeftAloneUntilItIsComplete() throws IOException {
    look(2);
    for (int i = 0; i < 5; i++) {
      write("a.jar", "1");
      look(1);
    }
    assertThat(takes).hasSize(1);
    look(1);
    assertThat(takes).containsExactly("{}", "{a.jar=5}");
  }

  @Test
  void aGrowingJarDelaysOtherChanges() throws IOException {
    look(2);
    write("whole.jar", "12");
    for (int i = 0; i < 3; i++) {
      write("growing.jar", "1");
      look(1);
    }
    assertThat(takes).hasSize(1);
    look(1);
    assertThat(takes).last().isEqualTo("{growing.jar=3, whole.jar=2}");
  }

  @Test
  void aJarOfEqualSizeAndTimeThatWasMovedIntoPlaceIsAChange() throws IOException {
    write("a.jar", "old");
    var time = Files.getLastModifiedTime(folder.resolve("a.jar"));
    look(2);
    Files.writeString(folder.resolve(".a.jar.new"), "new");
    Files.setLastModifiedTime(folder.resolve(".a.jar.new"), time);
    Files.delete(folder.resolve("a.jar"));
    Files.move(folder.resolve(".a.jar.new"), folder.resolve("a.jar"));
    look(2);
    assertThat(takes).hasSize(2);
  }

  @Test
  void otherFilesAreIgnored() throws IOException {
    look(2);
    write("README.md", "text");
    Files.createDirectory(folder.resolve("folder.jar"));
    Files.createSymbolicLink(folder.resolve("loop.jar"), folder.resolve("loop.jar"));
    look(2);
    assertThat(takes).hasSize(1);
  }

  @Test
  void aChangeThatCannotBeTakenIsTriedAgain() throws IOException {
    look(2);
    write("a.jar", "123");
    failures.add(
        () -> {
          throw new IOException("gone");
        });
    failures.add(
        () -> {
          throw new IllegalStateException("no");
        });
    failures.add(
        () -> {
          throw new AssertionError("worse");
        });
    look(4);
    assertThat(takes).containsExactly("{}", "{a.jar=3}", "{a.jar=3}", "{a.jar=3}");
    look(3);
    assertThat(takes).as("taken at last, and no more").hasSize(5);
  }

  @Test
  void aChangeThatIsUndoneBeforeItCouldBeTakenIsForgotten() throws IOException {
    look(2);
    write("a.jar", "123");
    failures.add(
        () -> {
          throw new IOException("not now");
        });
    look(2);
    Files.delete(folder.resolve("a.jar"));
    look(3);
    assertThat(takes).containsExactly("{}", "{a.jar=3}");
  }

  @Test
  void aFolderThatWasMissingIsWatchedAgain() throws IOException {
    write("a.jar", "1");
    look(2);
    var away = folder.resolveSibling(folder.getFileName() + "-away");
    Files.move(folder, away);
    look(3);
    assertThat(takes).hasSize(1);
    Files.move(away, folder);
    write("b.jar", "1");
    look(2);
    assertThat(takes).containsExactly("{a.jar=1}", "{a.jar=1, b.jar=1}");
  }

  @Test
  void theThreadLooksByItselfAndEndsWhenTheWatchIsClosed() throws Exception {
    var taken = new CountDownLatch(1);
    var loops = new HostLoops();
    var own = new PluginWatch(folder, taken::countDown, Duration.ofMillis(1));
    own.start(loops);
    assertThat(taken.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(loops.all()).containsExactly(new HostLoops.Loop("plugin-watch", true, false));
    own.close();
    assertThat(loops.all()).isEmpty();
    assertThat(loops.failure()).isNull();
  }

  /** A jar that was refused may be admitted later, though it has not changed itself. */
  @Test
  void aChangeOfTheLockOrOfASignatureIsTaken() throws IOException {
    write("a.jar", "a");
    look(2);
    for (var name : List.of("plugins.lock", "a.jar.minisig")) {
      takes.clear();
      look(2);
      assertThat(takes).isEmpty();
      write(name, "more");
      look(2);
      assertThat(takes).hasSize(1);
    }
    write("plugins.index-seen", "nothing to a host");
    takes.clear();
    look(2);
    assertThat(takes).isEmpty();
  }
}
