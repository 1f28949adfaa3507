package io.longline.host.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.event.HostEvent;
import io.longline.host.testing.RecordingEvents;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryFinderTest {

  @TempDir Path root;

  private final RecordingEvents events = new RecordingEvents();

  private List<String> find(Path path) {
    var found = new ArrayList<String>();
    new DirectoryFinder(
            LogProbe.ofKnownNames(),
            events,
            directory -> found.add(root.relativize(directory).toString()))
        .find(path.toString());
    return found;
  }

  @Test
  void findsDirectoriesInTheOrderOfTheirNamesAtAnyDepth() throws IOException {
    SampleLogs.directory(root, "b");
    SampleLogs.directory(root, "a/2");
    SampleLogs.directory(root, "a/10/deep");
    assertThat(find(root)).containsExactly("a/10/deep", "a/2", "b");
    assertThat(find(root.resolve("b"))).containsExactly("b");
  }

  @Test
  void aLogDirectoryIsNotSearchedBelow() throws IOException {
    SampleLogs.directory(root, "a");
    SampleLogs.directory(root, "a/extract_files");
    assertThat(find(root)).containsExactly("a");
  }

  @Test
  void hiddenFoldersAndLinksAreNotFollowed() throws IOException {
    SampleLogs.directory(root, ".hidden/a");
    SampleLogs.directory(root, "spool/b");
    Files.createSymbolicLink(root.resolve("current"), root.resolve("spool/b"));
    Files.createSymbolicLink(root.resolve("loop"), root);
    assertThat(find(root)).containsExactly("spool/b");
    assertThat(find(root.resolve("current"))).as("named itself").containsExactly("current");
  }

  @Test
  void reportsFoldersWithoutAnyLog() throws IOException {
    SampleLogs.directory(root, "a");
    Files.writeString(root.resolve("README"), "has logs below");
    Files.writeString(Files.createDirectories(root.resolve("other")).resolve("x.txt"), "x");
    Files.createDirectories(root.resolve("empty"));
    find(root);
    assertThat(events.of(HostEvent.FolderWithoutLogs.class))
        .containsExactly(new HostEvent.FolderWithoutLogs(root.resolve("other")));
  }
}
