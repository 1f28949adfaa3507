package io.longline.plugins.indicators;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.longline.api.testing.HookTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A feed and logs in a folder. Confined to one thread. */
final class Sample {

  private static final String HEADER =
      """
      #separator \\x09
      #set_separator\t,
      #empty_field\t(empty)
      #unset_field\t-
      #path\t%s
      #fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\t%s
      #types\ttime\tstring\taddr\tport\taddr\tport\t%s
      """;

  private final Path feed;
  private final Path logs;

  Sample(Path folder) throws IOException {
    this.feed = folder.resolve("feed.txt");
    this.logs = Files.createDirectories(folder.resolve("logs"));
  }

  void feed(String text) throws IOException {
    Files.writeString(feed, text);
  }

  /** Writes a log, each of whose rows is from 10.0.0.1 to 192.0.2.1 and its port 80. */
  void log(String path, String fields, String types, String... rows) throws IOException {
    var text = new StringBuilder(HEADER.formatted(path, fields, types));
    for (var row : rows) {
      text.append("1714420800.5\tC1\t10.0.0.1\t1234\t192.0.2.1\t80\t").append(row).append('\n');
    }
    Files.write(logs.resolve(path + ".log"), text.toString().getBytes(ISO_8859_1));
  }

  HookTester process(String... notIn) throws Exception {
    var settings =
        new IndicatorsSettings(
            List.of(feed),
            DomainMatching.BY_FORMAT,
            List.of(notIn),
            List.of(),
            Optional.empty(),
            List.of(),
            Duration.ZERO);
    return HookTester.of(new Indicators()).settings(settings).process(logs);
  }

  /** Value and place of each row. */
  List<String> seen(String... notIn) throws Exception {
    return process(notIn).written("indicators").stream()
        .map(row -> row.split("\t", -1))
        .map(row -> row[6] + " " + row[8])
        .toList();
  }
}
