package io.longline.plugins.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FeedsTest {

  @TempDir Path folder;

  private Path feed;
  private Path ours;
  private Feeds feeds;

  @BeforeEach
  void makeFeed() throws Exception {
    feed = Files.writeString(folder.resolve("feed.txt"), "192.0.2.1\n");
    ours = Files.writeString(folder.resolve("ours.txt"), "");
    feeds = feeds(feed);
  }

  private Feeds feeds(Path feedOrFolder) {
    return new Feeds(
        new IndicatorsSettings(
            List.of(feedOrFolder),
            DomainMatching.BY_FORMAT,
            List.of(),
            List.of(ours),
            Optional.empty(),
            List.of(),
            Duration.ZERO));
  }

  private IndicatorIndex index() {
    return feeds.content(Clock.systemUTC(), problem -> {}).index();
  }

  @Test
  void areFoundInFoldersBelowToo() throws Exception {
    var root = Files.createDirectories(folder.resolve("feeds"));
    Files.writeString(root.resolve("a.txt"), "192.0.2.1\n");
    var below = Files.createDirectories(root.resolve("provider/list"));
    Files.writeString(below.resolve("b.txt"), "192.0.2.2\n");
    var hidden = Files.createDirectories(root.resolve(".git/objects"));
    Files.writeString(hidden.resolve("c.txt"), "192.0.2.3\n");
    feeds = feeds(root);
    assertThat(index().size()).isEqualTo(2);
  }

  @Test
  void isReadOnceForAll() throws Exception {
    var index = index();
    assertThat(index()).isSameAs(index);
    assertThat(CompletableFuture.supplyAsync(this::index).get(1, TimeUnit.MINUTES)).isSameAs(index);
    Files.writeString(feed, "192.0.2.1\n192.0.2.2\n");
    assertThat(index().size()).isEqualTo(2);
  }

  @Test
  @Timeout(60)
  void othersUseTheOldIndicatorsWhileNewOnesAreRead() throws Exception {
    var old = index();
    Files.writeString(feed, "192.0.2.1\n192.0.2.2\nnonsense\n");
    var seen = new ArrayList<IndicatorIndex>();
    // The bad line is reported while the file is read.
    var content =
        feeds.content(
            Clock.systemUTC(),
            problem -> seen.add(CompletableFuture.supplyAsync(this::index).join()));
    assertThat(seen).containsExactly(old);
    assertThat(content.index().size()).isEqualTo(2);
    assertThat(index()).isSameAs(content.index());
  }

  @Test
  void anAllowListThatChangesIsReadAgain() throws Exception {
    var before = feeds.content(Clock.systemUTC(), problem -> {});
    Files.writeString(ours, "10.0.0.0/8\n");
    var after = feeds.content(Clock.systemUTC(), problem -> {});
    assertThat(before.allowed().listOf(IndicatorType.ADDR.kind(), "10.0.0.1")).isNull();
    assertThat(after.allowed().listOf(IndicatorType.ADDR.kind(), "10.0.0.1")).isEqualTo("ours");
  }

  @Test
  void aFeedThatIsGoneIsReported() throws Exception {
    assertThat(index().size()).isEqualTo(1);
    Files.delete(feed);
    var problems = new ArrayList<String>();
    assertThat(feeds.content(Clock.systemUTC(), problems::add).index().size()).isZero();
    assertThat(problems).hasSize(1).first().asString().contains("feed.txt does not exist");
  }
}
