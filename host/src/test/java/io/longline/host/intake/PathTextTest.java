package io.longline.host.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.event.HostEvent;
import io.longline.host.testing.RecordingEvents;
import io.longline.host.testing.SampleLogs;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that are not text are refused when they are found, and nothing else is. */
class PathTextTest {

  @TempDir Path temporary;
  private Path folder;
  private final RecordingEvents events = new RecordingEvents();

  @BeforeEach
  void findFolder() throws Exception {
    folder = temporary.toRealPath();
  }

  /** A path with any bytes in its name, which are written as in a URI. */
  private Path named(String name) {
    return Path.of(URI.create(folder.toUri() + name));
  }

  @Test
  void textIsFaithfulAndOtherBytesAreNot() {
    assertThat(PathText.isFaithful(named("plain"))).isTrue();
    assertThat(PathText.isFaithful(named("caf%C3%A9%0A%1B"))).isTrue();
    assertThat(PathText.isFaithful(named("caf%E9"))).isFalse();
    assertThat(PathText.isFaithful(named("%C0%80"))).isFalse();
    assertThat(PathText.bytes(named("caf%E9%20x"))).isEqualTo(folder + "/caf\\xE9 x");
  }

  @Test
  void aFolderWhoseNameIsNotTextIsRefusedWithTheReasonAndTheOthersAreFound() throws Exception {
    SampleLogs.directory(folder, "good");
    Files.move(SampleLogs.directory(folder, "bad"), named("caf%E9"));
    var found = new ArrayList<Path>();
    new DirectoryFinder(LogProbe.ofKnownNames(), events, found::add).find(folder.toString());
    assertThat(found).containsExactly(folder.resolve("good"));
    assertThat(events.of(HostEvent.PathRejected.class))
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.path()).endsWith("/caf\\xE9");
              assertThat(rejected.reason()).contains("is not text in UTF-8").contains("Rename it");
            });
  }

  @Test
  void aLogWhoseNameIsNotTextIsRefusedAndTheOthersAreTaken() throws Exception {
    var directory = SampleLogs.directory(folder, "logs");
    int before = LogListing.of(directory, LogProbe.ofKnownNames()).size();
    Files.copy(directory.resolve("conn.log"), named("logs/conn%E9.log"));
    assertThat(LogListing.of(directory, LogProbe.ofKnownNames())).hasSize(before);
    var found = new ArrayList<Path>();
    new DirectoryFinder(LogProbe.ofKnownNames(), events, found::add).find(directory.toString());
    assertThat(found).hasSize(1);
  }

  @Test
  void aLookRefusesNamesThatAreNotTextOnce() throws Exception {
    Files.move(SampleLogs.directory(folder, "bad"), named("caf%E9"));
    Files.createFile(named("conn%E9.log"));
    var rejected = new RejectedPaths(events);
    for (int i = 0; i < 3; i++) {
      var look = DirectoryLook.at(folder, folder, () -> false, rejected);
      assertThat(look.files()).isEmpty();
      assertThat(look.folders()).isEmpty();
    }
    assertThat(events.of(HostEvent.PathRejected.class)).hasSize(2);
  }

  @Test
  void aNamedPathThatWasNoTextIsRefusedWithTheReason() {
    new DirectoryFinder(LogProbe.ofKnownNames(), events, found -> {}).find(folder + "/caf\ufffd");
    assertThat(events.of(HostEvent.PathRejected.class))
        .singleElement()
        .satisfies(
            rejected -> assertThat(rejected.reason()).contains("or its name is not text in"));
  }
}
