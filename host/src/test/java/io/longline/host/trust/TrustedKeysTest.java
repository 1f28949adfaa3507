package io.longline.host.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.host.testing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedKeysTest {

  private static final SigningKey KEY = SigningKey.withId(0xA7);
  private static final byte[] CONTENT = "what is signed".getBytes(UTF_8);

  @TempDir Path folder;

  private final SignedContent content = SignedContent.of(CONTENT);

  @BeforeEach
  void trustTheKey() throws IOException {
    KEY.writeTo(folder, "site.pub");
  }

  private Signing check(String signature) throws IOException {
    return TrustedKeys.in(folder).check(content, signature);
  }

  @Test
  void aSignatureOfATrustedKeyIsValid() throws IOException {
    var signing = check(KEY.signatureOf(CONTENT));
    assertThat(signing).isEqualTo(new Signing(Signing.State.VALID, "A7A7A7A7A7A7A7A7", ""));
    assertThat(signing.validSigner()).isEqualTo(KEY.id());
  }

  @Test
  void noSignatureIsUnsigned() throws IOException {
    assertThat(TrustedKeys.in(folder).check(content, null)).isEqualTo(Signing.NONE);
  }

  @Test
  void aSignatureOfOtherContentIsBroken() throws IOException {
    assertThat(check(KEY.signatureOf("other".getBytes(UTF_8))))
        .isEqualTo(Signing.broken(KEY.id(), "it is a signature of other content"));
  }

  @Test
  void anAlteredTrustedCommentBreaksTheSignature() throws IOException {
    var altered = KEY.signatureOf(CONTENT, "version 1").replace("version 1", "version 2");
    assertThat(check(altered))
        .isEqualTo(Signing.broken(KEY.id(), "the signature or its trusted comment was changed"));
  }

  @Test
  void aSignatureOfAKeyThatNobodyTrustsIsOfAnUnknownSigner() throws IOException {
    var other = SigningKey.withId(0x11);
    assertThat(check(other.signatureOf(CONTENT)).state()).isEqualTo(Signing.State.UNKNOWN_SIGNER);
  }

  /** An id is no secret; the key behind it counts. */
  @Test
  void anotherKeyOfTheSameIdIsNotTrusted() throws IOException {
    var impostor = SigningKey.withId(0xA7);
    assertThat(check(impostor.signatureOf(CONTENT)).state()).isEqualTo(Signing.State.BROKEN);
  }

  @Test
  void aRevokedKeyCountsNoMoreEvenIfItIsStillThere() throws IOException {
    KEY.writeTo(folder, "site.revoked");
    assertThat(check(KEY.signatureOf(CONTENT)).state()).isEqualTo(Signing.State.REVOKED);
  }

  @Test
  void whatIsNoSignatureIsBroken() throws IOException {
    var good = KEY.signatureOf(CONTENT);
    assertThat(check("").why()).isEqualTo("line 1 does not begin with \"untrusted comment:\"");
    assertThat(check(good.replaceFirst("(?m)^RW", "!!")).why())
        .isEqualTo("line 2 is not 74 bytes in base 64");
    assertThat(check(good.lines().limit(2).reduce("", (a, b) -> a + b + "\n")).why())
        .isEqualTo("line 3 does not begin with \"trusted comment:\"");
    assertThat(check(good + "more\n").why()).isEqualTo("it has more than 4 lines");
    assertThat(check(good.replaceFirst("(?m)^RW", "QW")).why())
        .isEqualTo("it is made by another algorithm than Ed25519");
  }

  @Test
  void aFileThatIsNoKeyIsReportedWithWhatToDo() throws IOException {
    Files.writeString(folder.resolve("broken.revoked"), "no key");
    assertThatThrownBy(() -> TrustedKeys.in(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broken.revoked is not a public key of minisign: line 1")
        .hasMessageContaining("remove the file");
    assertThatThrownBy(() -> TrustedKeys.in(folder.resolve("gone")))
        .hasMessageContaining("There is no folder of keys")
        .hasMessageContaining("plugins.keys");
  }

  @Test
  void twoKeysOfOneIdAreReported() throws IOException {
    SigningKey.withId(0xA7).writeTo(folder, "other.pub");
    assertThatThrownBy(() -> TrustedKeys.in(folder))
        .hasMessageContaining("have the id A7A7A7A7A7A7A7A7");
  }

  @Test
  void theSignatureLiesBesideTheFile() throws IOException {
    var file = Files.write(folder.resolve("a.jar"), CONTENT);
    var keys = TrustedKeys.in(folder);
    assertThat(keys.check(file, SignedContent.of(file))).isEqualTo(Signing.NONE);
    KEY.sign(file);
    assertThat(keys.check(file, SignedContent.of(file)).isValid()).isTrue();
    Files.write(TrustedKeys.signatureOf(file), new byte[] {(byte) 0xff});
    assertThat(keys.check(file, SignedContent.of(file)).why())
        .isEqualTo("a.jar.minisig is not in UTF-8");
  }
}
