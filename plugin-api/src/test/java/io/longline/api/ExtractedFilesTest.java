package io.longline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractedFilesTest {

  @TempDir Path folder;

  private Path dump;

  @BeforeEach
  void writeFiles() throws IOException {
    dump = Files.createDirectories(folder.resolve("dump/text"));
    dump = dump.getParent();
    Files.writeString(dump.resolve("text/a.txt"), "a");
    Files.writeString(folder.resolve("secret"), "s");
    Files.createSymbolicLink(dump.resolve("out"), folder);
    Files.createSymbolicLink(dump.resolve("in"), dump.resolve("text"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/a.txt", "text/../text/a.txt", "in/a.txt"})
  void findsFilesInTheFolder(String name) {
    assertThat(ExtractedFiles.in(dump).find(name))
        .hasValueSatisfying(file -> assertThat(file).isAbsolute().hasFileName("a.txt"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "text", "nope", "../secret", "text/../../secret", "out/secret", "a\0b"})
  void findsNoOtherFiles(String name) {
    assertThat(ExtractedFiles.in(dump).find(name)).isEmpty();
  }

  @Test
  void findsNoAbsolutePathOutsideTheFolder() {
    assertThat(ExtractedFiles.in(dump).find(folder.resolve("secret").toString())).isEmpty();
  }

  @Test
  void findsNothingWithoutAFolder() {
    assertThat(ExtractedFiles.none().find("text/a.txt")).isEmpty();
    assertThat(ExtractedFiles.in(folder.resolve("gone")).find("text/a.txt")).isEmpty();
  }
}
