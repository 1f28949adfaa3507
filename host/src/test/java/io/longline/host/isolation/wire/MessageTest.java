package io.longline.host.isolation.wire;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longline.api.HookWarning;
import io.longline.api.Interest;
import io.longline.api.Site;
import io.longline.host.call.CallOptions;
import io.longline.host.call.LogSighting;
import io.longline.host.event.Ending;
import io.longline.host.output.OutputPart;
import io.longline.host.plugins.HookDescription;
import io.longline.host.plugins.PluginProblem;
import io.longline.host.plugins.PluginProcesses.JarCopy;
import io.longline.host.settings.WrittenValue;
import io.longline.zeek.LogSchema;
import io.longline.zeek.ReadReport;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {

  private static final HookWarning WARNING =
      new HookWarning(
          Instant.parse("2026-11-24T10:00:00.123456789Z"),
          "p",
          "1.0",
          "p/A",
          Site.HOOK,
          Path.of("/logs/1"),
          2,
          HookWarning.Kind.FAILED,
          "java.lang.Error",
          "Grüße\0\n\uD83D\uDE00",
          "at x",
          "Look.");

  private static final HookWarning REMARK_AT_EXIT =
      new HookWarning(
          Instant.EPOCH,
          "p",
          "1.0",
          "p/A",
          Site.EXIT,
          null,
          1,
          HookWarning.Kind.REMARK,
          null,
          "",
          "",
          "");

  /** At least one of each kind; those with parts that may be missing come with and without. */
  static List<Message> samples() {
    return List.of(
        hello(Path.of("/extracted")),
        hello(null),
        new HostMessage.Assigned(
            7,
            List.of(new HostMessage.AssignedCall("p/A", 1), new HostMessage.AssignedCall("p/B", 3)),
            Long.MAX_VALUE,
            Path.of("/logs/1"),
            2,
            List.of("conn.log", "dns.log.gz")),
        new HostMessage.Assigned(
            8, List.of(new HostMessage.AssignedCall("p/A", 1)), 0, null, 0, List.of()),
        new HostMessage.Cancel(),
        new HostMessage.Bye(),
        new ProcessMessage.Ready(
            List.of(
                hook(
                    Interest.in("conn")
                        .fields("uid", "id.orig_h")
                        .orNamed("uid", "conn_uids")
                        .optionalFields("service")
                        .andIn("dns")
                        .inAnyOrder()
                        .ifPresent()),
                hook(null)),
            List.of(
                new PluginProblem(
                    PluginProblem.Code.HOOK_FAILED,
                    Path.of("/p.jar"),
                    "p",
                    "It fails.",
                    "Fix it.")),
            List.of("limit: not a number"),
            List.of("s3cret")),
        new ProcessMessage.Written(
            7,
            "p/A",
            new OutputPart(
                "rows",
                true,
                LocalDate.of(2009, 3, 4),
                LogSchema.builder("rows").field("uid", "string").field("n", "count").build(),
                new byte[] {0, -1, 10})),
        new ProcessMessage.Written(
            7,
            "p/A",
            new OutputPart(
                "long-names",
                true,
                null,
                LogSchema.builder("p".repeat(100_000)).field("uid", "string").build(),
                new byte[0])),
        new ProcessMessage.Written(
            7, "p/A", new OutputPart("lines", false, null, null, new byte[0])),
        new ProcessMessage.Remarked(WARNING),
        new ProcessMessage.Remarked(REMARK_AT_EXIT),
        new ProcessMessage.Damaged(
            new ReadReport(
                "/logs/1/conn.log",
                1,
                2,
                3,
                4,
                List.of(
                    new ReadReport.Problem(5, "uid", "not one"),
                    new ReadReport.Problem(6, null, "too short")),
                "It ends early.",
                false,
                8,
                List.of(
                    new ReadReport.MissingField("id.orig_hh", "id.orig_h"),
                    new ReadReport.MissingField("x", null))),
            List.of("p/A", "p/B")),
        new ProcessMessage.Damaged(
            new ReadReport("/logs/1/dns.log", 0, 0, 0, 0, List.of(), null, true, 0, List.of()),
            List.of("p/A")),
        new ProcessMessage.Sighted(
            7, "p/A", new LogSighting(Set.of("dns"), Set.of("conn.log"), List.of("conn", "dns"))),
        new ProcessMessage.Ended(7, "p/A", new Ending.Succeeded(Duration.ofNanos(1))),
        new ProcessMessage.Ended(
            7,
            "p/A",
            new Ending.Failed(WARNING, Ending.Blame.HOOK_FOR_GOOD, Duration.ofSeconds(3))),
        new ProcessMessage.Over(7, "p/A"),
        new ProcessMessage.Over(Long.MIN_VALUE, ""),
        new ProcessMessage.Alive());
  }

  private static HostMessage.Hello hello(Path extracted) {
    return new HostMessage.Hello(
        Message.VERSION,
        "p",
        List.of(
            new JarCopy(Path.of("/plugins/base.jar"), Path.of("/copies/base.jar")),
            new JarCopy(Path.of("/plugins/p.jar"), Path.of("/copies/p.jar"))),
        Map.of("limit", WrittenValue.ofFlag("--set", List.of("1", "2"))),
        Map.of("HOME", "/home/user", "EMPTY", ""),
        new CallOptions(Duration.ofMinutes(10), 4, "folder", extracted, "Europe/Berlin", 8),
        Path.of("/staging"),
        Duration.ofSeconds(30));
  }

  private static HookDescription hook(Interest interest) {
    return new HookDescription(
        "p/A", "p", "1.0", EnumSet.allOf(Site.class), 3, interest, List.of("limit"));
  }

  /** The number of the kind, and the parts. */
  private static byte[] frame(Message message) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeByte(message.kind().number());
    message.writeTo(out);
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aMessageIsReadAsItWasWritten(Message sample) throws Exception {
    var frame = frame(sample);
    var read = Message.read(frame);
    assertThat(read)
        .usingRecursiveComparison()
        .withEqualsForType(Object::equals, Path.class)
        .withStrictTypeChecking()
        .ignoringCollectionOrderInFieldsMatchingRegexes("hooks\\.sites")
        .isEqualTo(sample);
    assertThat(frame(read)).hasSameSizeAs(frame);
  }

  @Test
  void textsOfWarningsAreCutWhereTheyAreRead() throws Exception {
    var sent =
        new HookWarning(
            WARNING.instant(),
            "p",
            "1.0",
            "p/A",
            WARNING.site(),
            null,
            1,
            HookWarning.Kind.REMARK,
            null,
            "x".repeat(1_000_000),
            "y".repeat(2_000_000),
            "");
    var read = (ProcessMessage.Remarked) Message.read(frame(new ProcessMessage.Remarked(sent)));
    assertThat(read.warning().message()).hasSize(10_001);
    assertThat(read.warning().stackTrace()).hasSize(1_000_001);
  }

  @Test
  void thereIsASampleOfEveryMessage() {
    var all =
        Stream.of(HostMessage.class, ProcessMessage.class)
            .flatMap(side -> Arrays.stream(side.getPermittedSubclasses()))
            .collect(toSet());
    Set<Class<?>> sampled = samples().stream().map(Object::getClass).collect(toSet());
    assertThat(sampled).isEqualTo(all);
    assertThat(samples().stream().map(Message::kind).collect(toSet()))
        .containsExactlyInAnyOrder(Message.Kind.values());
  }

  @Test
  void everyKindHasANumberOfItsOwn() {
    assertThat(Arrays.stream(Message.Kind.values()).map(Message.Kind::number))
        .doesNotHaveDuplicates()
        .allSatisfy(number -> assertThat(number).isBetween(1, 127));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 13, 127})
  void aNumberThatNoKindHasIsRejected(int number) {
    assertThatThrownBy(() -> Message.read(new byte[] {(byte) number, 0, 0}))
        .isInstanceOf(IOException.class)
        .hasMessage("There is no message with the number " + number + ".");
  }

  @ParameterizedTest
  @ValueSource(ints = {Message.VERSION - 1, Message.VERSION + 1})
  void aHelloOfAnotherVersionIsRejected(int version) throws Exception {
    var frame = frame(hello(null));
    ByteBuffer.wrap(frame).putInt(1, version);
    assertThatThrownBy(() -> Message.read(frame))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version " + version + " of the protocol")
        .hasMessageContaining("this process version " + Message.VERSION);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Wire.MAX_MESSAGE_BYTES + 1, Integer.MAX_VALUE})
  void aTextWhoseLengthCannotBeIsRejected(int length) throws Exception {
    var frame = frame(new ProcessMessage.Over(7, ""));
    ByteBuffer.wrap(frame).putInt(1 + Long.BYTES, length);
    assertThatThrownBy(() -> Message.read(frame))
        .isInstanceOf(IOException.class)
        .hasMessage("A message has a text of " + length + " bytes.");
  }

  @ParameterizedTest
  @EnumSource(Message.Kind.class)
  void aMessageThatIsCutShortIsRejected(Message.Kind kind) throws Exception {
    for (var sample : samples()) {
      if (sample.kind() == kind) {
        var frame = frame(sample);
        for (int length = 0; length < frame.length; length++) {
          var cut = Arrays.copyOf(frame, length);
          assertThatThrownBy(() -> Message.read(cut))
              .isInstanceOf(IOException.class)
              .isNotInstanceOf(EOFException.class);
        }
      }
    }
  }

  @Test
  void bytesBehindTheLastPartAreRejected() throws Exception {
    var frame = frame(new ProcessMessage.Over(7, ""));
    assertThatThrownBy(() -> Message.read(Arrays.copyOf(frame, frame.length + 1)))
        .isInstanceOf(IOException.class)
        .hasMessage("A message has 1 bytes behind its last part.");
  }

  @Test
  void aListOfANegativeLengthIsRejected() throws Exception {
    var frame = frame(new ProcessMessage.Ready(List.of(), List.of(), List.of(), List.of()));
    ByteBuffer.wrap(frame).putInt(1, -1);
    assertThatThrownBy(() -> Message.read(frame))
        .isInstanceOf(IOException.class)
        .hasMessage("A message has a list of -1 values.");
  }

  /** A process is a plugin's: what comes from it may be anything. */
  @RepeatedTest(20)
  void anyBytesAreAMessageOrRejected(RepetitionInfo repetition) throws Exception {
    var random = new SplittableRandom(repetition.getCurrentRepetition());
    int rejected = 0;
    for (var sample : samples()) {
      for (int i = 0; i < 50; i++) {
        var frame = frame(sample);
        for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
          frame[random.nextInt(frame.length)] = (byte) random.nextInt();
        }
        try {
          assertThat(Message.read(frame)).isNotNull();
        } catch (IOException e) {
          rejected++;
        }
      }
    }
    assertThat(rejected).isPositive();
  }

  @Test
  void aCallThatWasNotMadeCannotBeSent() {
    var postponed = new ProcessMessage.Ended(7, "p/A", new Ending.Postponed());
    assertThatThrownBy(() -> frame(postponed))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not made");
  }
}
