package io.longline.zeek;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * Shapes of logs that are made to take more time or memory than their length allows. Immutable.
 *
 * @param name the name of the shape
 * @param bytes the log
 * @param plainBytes the length of what it unpacks to
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares these.
record HostileLogs(String name, byte[] bytes, long plainBytes) {

  private static final String TSV =
      "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tx\n#fields\tts\ta\tn\td\ts\n#types\ttime\taddr\tcount\tdouble\tset[string]\n";

  private static final String ROW = "1.5\t::1\t7\t0.5\ta,b\n";

  /** The number of shapes. */
  static final int SHAPES = 30;

  /** A shape, of about this length in bytes before it is packed. */
  static HostileLogs of(int shape, int size, SplittableRandom random) throws IOException {
    int some = 1 + random.nextInt(20);
    return switch (shape) {
      case 0 -> members(size / 20, 0, random);
      case 1 -> members(size / 20, some, random);
      case 2 -> frames(size / 10, random);
      case 3 ->
          plain("JSON with ever new keys", repeat(size, 20, i -> "{\"k%d\":%d}\n".formatted(i, i)));
      case 4 ->
          plain(
              "JSON with many keys, then empty rows",
              "{"
                  + list(6_000, i -> "\"k" + i + "\":1")
                  + "}\n"
                  + list(4_999, i -> "{\"k" + i + "\":1}\n").replace("\n,", "\n")
                  + "\n"
                  + "{}\n".repeat(size / 3));
      case 5 ->
          plain(
              "JSON with one row of many keys",
              "{" + list(size / 12, i -> "\"k" + i + "\":1") + "}\n");
      case 6 ->
          plain(
              "JSON with long keys",
              repeat(size, 5_000, i -> "{\"" + i + "k".repeat(5_000) + "\":1}\n"));
      case 7 ->
          plain(
              "JSON nested deeply",
              "{\"a\":" + "[{\"b\":".repeat(size / 6) + "}]".repeat(size / 6) + "}\n");
      case 8 -> plain("JSON nested deeply and cut off", "{\"a\":" + "[".repeat(size) + "\n");
      case 9 ->
          plain("JSON with escapes", "{\"ts\":\"" + "\\u00e4\\\\\\\"".repeat(size / 10) + "\"}\n");
      case 10 ->
          plain(
              "JSON with a long list",
              "{\"s\":[" + list(size / 4, i -> i % 2 == 0 ? "\"\"" : "1") + "]}\n");
      case 11 ->
          plain(
              "JSON with keys in any order",
              repeat(
                  size,
                  60,
                  i ->
                      "{\"k%d\":1,\"k%d\":2,\"k%d\":3}\n"
                          .formatted(i * 7919 % 4_000, i * 31 % 4_000, i % 97)));
      case 12 -> plain("a long row", TSV + "1.5\t::1\t7\t0.5\t" + "x".repeat(size) + "\n" + ROW);
      case 13 ->
          plain(
              "a set with many elements",
              TSV + "1.5\t::1\t7\t0.5\t" + "a,".repeat(size / 2) + "\n");
      case 14 -> plain("a row with many cells", TSV + "\t".repeat(size) + "\n" + ROW);
      case 15 ->
          plain(
              "long numbers",
              repeat(size, 4 * 20_000, i -> TSV + ("1".repeat(20_000) + "\t").repeat(4) + "\n"));
      case 16 ->
          plain(
              "long fractions",
              repeat(
                  size,
                  4 * 20_000,
                  i -> TSV + ("0." + "0".repeat(20_000) + "1e9\t").repeat(4) + "\n"));
      case 17 ->
          plain("a header for each row", (TSV + ROW).repeat(size / (TSV.length() + ROW.length())));
      case 18 ->
          plain(
              "a header with many columns",
              "#fields\t"
                  + list(size / 8, i -> "c" + i).replace(',', '\t')
                  + "\n"
                  + "x\n".repeat(1_000));
      case 19 ->
          plain(
              "a header with a long name",
              "#fields\t" + "n".repeat(size) + "\n" + "x\n".repeat(1_000));
      case 20 ->
          plain(
              "a wide header that changes",
              "#fields\t"
                  + list(9_999, i -> "c" + i).replace(',', '\t')
                  + "\n"
                  + "#path\tx\n1\n".repeat(size / 10));
      case 21 ->
          plain(
              "a long separator",
              "#separator " + "a".repeat(size / 2) + "\n#fields a\n" + "a".repeat(size / 2));
      case 22 ->
          plain(
              "a separator of 64 bytes",
              "#separator "
                  + "a".repeat(63)
                  + "b\n#fields"
                  + "a".repeat(63)
                  + "bx\n"
                  + "a".repeat(size));
      case 23 ->
          plain(
              "long markers",
              "#unset_field\t" + "u".repeat(size / 2) + "\n#fields\ta\n" + "u".repeat(size / 2));
      case 24 -> plain("zeros", "#fields\ta\n" + "\0".repeat(size));
      case 25 -> plain("line feeds", "#fields\ta\tb\n" + "\n".repeat(size));
      case 26 -> plain("bad rows", "#fields\ta\tb\n" + "x\n".repeat(size / 2));
      case 27 -> plain("rows with surplus cells", "#fields\ta\n" + "x\ty\n".repeat(size / 4));
      case 28 -> plain("escapes", TSV + "1.5\t::1\t7\t0.5\t" + "\\x2c\\x".repeat(size / 6) + "\n");
      default -> noise(size, random);
    };
  }

  private static String list(int count, IntFunction<String> element) {
    return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(","));
  }

  private static String repeat(int size, int pieceBytes, IntFunction<String> piece) {
    return IntStream.range(0, Math.max(1, size / pieceBytes))
        .mapToObj(piece)
        .collect(Collectors.joining());
  }

  private static HostileLogs plain(String name, String text) {
    var bytes = text.getBytes(UTF_8);
    return new HostileLogs(name, bytes, bytes.length);
  }

  private static HostileLogs members(int count, int plainBytes, SplittableRandom random)
      throws IOException {
    var text = TSV + ROW.repeat(1 + plainBytes * count / ROW.length());
    var bytes = new ByteArrayOutputStream();
    int at = 0;
    bytes.write(gzip(text.substring(0, 5)));
    for (int i = 0; i < count; i++) {
      int end = Math.min(text.length(), Math.max(at, 5) + plainBytes);
      bytes.write(gzip(text.substring(Math.max(at, 5), end)));
      at = end;
    }
    bytes.write(new byte[random.nextInt(1_000)]);
    return new HostileLogs(
        "gzip members of " + plainBytes + " bytes", bytes.toByteArray(), text.length());
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static HostileLogs frames(int count, SplittableRandom random) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var empty = com.github.luben.zstd.Zstd.compress(new byte[0]);
    for (int i = 0; i < count; i++) {
      if (random.nextBoolean()) {
        bytes.write(empty);
      } else {
        bytes.write(new byte[] {0x50, 0x2A, 0x4D, 0x18, 0, 0, 0, 0});
      }
    }
    bytes.write(com.github.luben.zstd.Zstd.compress((TSV + ROW).getBytes(UTF_8)));
    return new HostileLogs("zstd frames without content", bytes.toByteArray(), 0);
  }

  /** Bytes of a small alphabet, so that they look like a log every now and then. */
  private static HostileLogs noise(int size, SplittableRandom random) {
    var alphabet = "\t\n#,-\\x0{}[]\":.ae1\u00ff fields\n#separator ";
    var text = new StringBuilder(random.nextBoolean() ? TSV : "{");
    while (text.length() < size) {
      int at = random.nextInt(alphabet.length());
      boolean isRun = random.nextInt(200) == 0;
      text.append(String.valueOf(alphabet.charAt(at)).repeat(isRun ? random.nextInt(5_000) : 1));
    }
    var bytes = text.toString().getBytes(ISO_8859_1);
    return new HostileLogs("noise", bytes, bytes.length);
  }
}
