package io.longline.host.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longline.host.testing.SigningKey;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and signatures of the program minisign are read as it reads them itself. */
class MinisignProgramTest {

  @TempDir Path folder;

  private Path keys;

  @BeforeEach
  void makeAKey() throws Exception {
    boolean isThere =
        Pattern.compile(File.pathSeparator)
            .splitAsStream(System.getenv("PATH"))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "minisign")));
    if ("true".equals(System.getenv("CI"))) {
      assertThat(isThere).as("minisign is installed where CI runs").isTrue();
    }
    assumeTrue(isThere, "minisign is not installed; apt-get install minisign");
    keys = Files.createDirectories(folder.resolve("keys"));
    run("-G", "-W", "-p", "keys/site.pub", "-s", "secret");
  }

  private void run(String... args) throws Exception {
    var command = new ArrayList<>(List.of("minisign"));
    command.addAll(List.of(args));
    var log = folder.resolve("minisign.log").toFile();
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    process.getOutputStream().close();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log.toPath())).isZero();
  }

  private Path file(int length) throws IOException {
    var bytes = new byte[length];
    new SplittableRandom(length).nextBytes(bytes);
    return Files.write(folder.resolve("some.jar"), bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 129, 70_000})
  void signaturesOfAHashAreValid(int length) throws Exception {
    var file = file(length);
    run("-S", "-H", "-m", "some.jar", "-s", "secret", "-t", "a comment");
    assertThat(TrustedKeys.in(keys).check(file, SignedContent.of(file)).isValid()).isTrue();
  }

  @Test
  void signaturesOfTheFileItselfAreValid() throws Exception {
    var file = file(1_000);
    run("-S", "-l", "-m", "some.jar", "-s", "secret");
    var signing = TrustedKeys.in(keys).check(file, SignedContent.of(file));
    assertThat(signing.isValid()).isTrue();
    assertThat(Files.readString(keys.resolve("site.pub"))).contains(signing.signer());
  }

  /** So that tests without the program test the same format. */
  @Test
  void acceptsWhatTheKeyOfTheTestsSigns() throws Exception {
    var key = SigningKey.withId(0x5c);
    key.writeTo(folder, "test.pub");
    Files.writeString(folder.resolve("some.jar"), "content", UTF_8);
    key.sign(folder.resolve("some.jar"));
    run("-V", "-m", "some.jar", "-p", "test.pub");
  }
}
