package io.longline.host.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedFolderTest {

  @TempDir Path temporary;

  private Path folder(String name, String mode) throws Exception {
    var folder = Files.createDirectory(temporary.resolve(name));
    assertThat(new ProcessBuilder("chmod", mode, folder.toString()).start().waitFor()).isZero();
    return folder;
  }

  @Test
  void aFolderInWhichOthersCanExchangeThingsIsPassedOver() throws Exception {
    var open = folder("open", "0777");
    var sticky = folder("sticky", "1777");
    var mine = folder("mine", "0755");
    assertThat(SharedFolder.keepsWhatIsOurs(open)).isFalse();
    assertThat(SharedFolder.keepsWhatIsOurs(sticky)).isTrue();
    assertThat(SharedFolder.keepsWhatIsOurs(mine)).isTrue();
    assertThat(
            SharedFolder.safest(
                List.of("", open.toString(), "relative", "/missing", sticky.toString())))
        .isEqualTo(sticky);
    assertThatThrownBy(() -> SharedFolder.safest(List.of(open.toString())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("other users could exchange it");
  }

  @Test
  void aPathThatLeavesNoRoomForTheNameOfASocketIsPassedOver() throws Exception {
    var deep = Files.createDirectories(temporary.resolve("x".repeat(60)));
    Files.setPosixFilePermissions(deep, PosixFilePermissions.fromString("rwx------"));
    var mine = folder("mine", "0700");
    assertThat(SharedFolder.safest(List.of(deep.toString(), mine.toString()))).isEqualTo(mine);
  }
}
