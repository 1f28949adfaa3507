package io.longline.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordBytesTest {

  // Records that are not public, as those of plugins.
  private record All(
      boolean flag,
      int small,
      long large,
      double real,
      @Nullable String text,
      @Nullable Instant time) {}

  private record Empty() {}

  private record Texts(@Nullable String one, @Nullable String other) {}

  private record Flag(boolean flag) {}

  private record Time(@Nullable Instant time) {}

  private record Boxed(Integer number) {}

  private record Sizes(List<Long> sizes) {}

  record Even(long number) {
    Even {
      if (number % 2 != 0) {
        throw new IllegalArgumentException(number + " is odd");
      }
    }
  }

  record Broken(String text) {
    @Override
    public String text() {
      throw new IllegalStateException("on purpose");
    }
  }

  @SuppressWarnings("unchecked") // The class of a record is that of its values.
  private static <T extends Record> T copy(T value) {
    return RecordBytes.of((Class<T>) value.getClass()).read(RecordBytes.bytes(value));
  }

  static List<Record> values() {
    return List.of(
        new All(true, 1, 2, 0.5, "text", Instant.parse("2024-01-31T00:00:00.123456789Z")),
        new All(false, Integer.MIN_VALUE, Long.MIN_VALUE, Double.NEGATIVE_INFINITY, null, null),
        new All(true, Integer.MAX_VALUE, Long.MAX_VALUE, Double.NaN, "", Instant.MAX),
        new All(true, -1, -1, -0.0, "żółć 😀\0\n", Instant.MIN),
        new All(false, 0, 0, 0.0, "x".repeat(100_000), Instant.EPOCH),
        new Texts(null, ""),
        new Texts("", null),
        new Texts("ab", "c"),
        new Texts("a", "bc"),
        new Empty());
  }

  @ParameterizedTest
  @MethodSource("values")
  void readsWhatItHasWritten(Record value) {
    assertThat(copy(value)).isEqualTo(value);
  }

  @Test
  void onlyEqualRecordsHaveEqualBytes() {
    var bytes = values().stream().map(RecordBytes::bytes).map(ByteBuffer::wrap).toList();
    assertThat(bytes).doesNotHaveDuplicates();
    assertThat(values().stream().map(RecordBytes::bytes).map(ByteBuffer::wrap)).isEqualTo(bytes);
  }

  @Test
  void theFormIsWhatPartsThatAreKeptHave() {
    // Parts outlive the program that wrote them: another form would need a new version of theirs.
    assertThat(RecordBytes.bytes(new All(true, 1, 2, 0.5, "é", Instant.ofEpochSecond(3, 4))))
        .containsExactly(
            1, // true
            0, 0, 0, 1, // int
            0, 0, 0, 0, 0, 0, 0, 2, // long
            0x3f, 0xe0, 0, 0, 0, 0, 0, 0, // double
            1, 0, 0, 0, 2, 0xc3, 0xa9, // not null, its length, the text
            1, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 4); // not null, seconds, nanoseconds
    assertThat(RecordBytes.bytes(new Texts(null, ""))).containsExactly(0, 1, 0, 0, 0, 0);
  }

  @ParameterizedTest
  @MethodSource("values")
  void refusesBytesThatAreTooShortOrTooLong(Record value) {
    var form = RecordBytes.of(value.getClass());
    var bytes = RecordBytes.bytes(value);
    int step = Math.max(1, bytes.length / 100);
    for (int length = 0; length < bytes.length; length += step) {
      var cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> form.read(cut))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(value.getClass().getName())
          .hasMessageContaining("partVersion()");
    }
    assertThatThrownBy(() -> form.read(Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesBytesThatNoRecordHas() {
    var time = new byte[13];
    time[0] = 1;
    Arrays.fill(time, 1, 9, (byte) 0x7f);
    var nanos = new byte[13];
    nanos[0] = 1;
    Arrays.fill(nanos, 9, 13, (byte) 0xff);
    for (var bad : List.of(time, nanos)) {
      assertThatThrownBy(() -> RecordBytes.of(Time.class).read(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("13 bytes");
    }
    for (var bad : List.of(new byte[] {2}, new byte[] {-1})) {
      assertThatThrownBy(() -> RecordBytes.of(Flag.class).read(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (var length : List.of(-1, 1, Integer.MAX_VALUE)) {
      var bad = ByteBuffer.allocate(6).put((byte) 1).putInt(length).array();
      assertThatThrownBy(() -> RecordBytes.of(Texts.class).read(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesARecordWithAComponentOfAnotherType() {
    assertThatThrownBy(() -> RecordBytes.of(Boxed.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("component number of " + Boxed.class.getName())
        .hasMessageContaining("java.lang.Integer");
    assertThatThrownBy(() -> RecordBytes.bytes(new Sizes(List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.util.List");
  }

  @Test
  void reportsWhatTheRecordItselfRefusesOrThrows() {
    var odd = ByteBuffer.allocate(8).putLong(3).array();
    assertThatThrownBy(() -> RecordBytes.of(Even.class).read(odd))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 is odd");
    assertThatThrownBy(() -> RecordBytes.bytes(new Broken("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasRootCauseMessage("on purpose");
  }
}
