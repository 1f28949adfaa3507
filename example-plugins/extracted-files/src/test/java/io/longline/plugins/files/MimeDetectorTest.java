package io.longline.plugins.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.FilteredMagic;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.mime.MimeTypesFactory;
import org.junit.jupiter.api.Test;

/** Filtered magic finds the same types as Tika's own. */
class MimeDetectorTest {

  private static final List<String> BEGINNINGS =
      List.of(
          "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj",
          "<!DOCTYPE html><html><head>",
          "  \n<html><body>",
          "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
          "<?xml version=\"1.0\"?><a><b/></a>",
          "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR",
          "\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF",
          "GIF89a",
          "PK\u0003\u0004\u0014\0\0\0\b\0",
          "MZ\u0090\0\u0003\0\0\0",
          "\u007fELF\u0002\u0001\u0001",
          "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1",
          "\u001f\u008b\b\0",
          "BZh91AY&SY",
          "Received: from a by b\nSubject: x\nFrom: y\nTo: z\nMessage-ID: <1>\n\n",
          "From x@example.org Tue\nFrom: y\nDate: z\nSubject: s\n",
          "HTTP/1.1 200 OK\nContent-Type: text/plain\n",
          "%A Author\n%D 2026\n%T Title\n",
          "User-agent: *\nDisallow: /\nAllow: /a\n",
          "\r%AI5_FileFormat 1\r",
          "{\"a\": 1}",
          "JAVA PROFILE 1.0.2\0",
          "strict digraph { a -> b }",
          "BEGIN:VCALENDAR\nVERSION:2.0\n",
          "solid x\nfacet normal",
          "ID3\u0003\0",
          "\u00ff\u00fb\u0090D",
          "RIFF$\0\0\0WAVEfmt ",
          "#!/bin/sh\necho",
          "\u00ca\u00fe\u00ba\u00be\0\0\0=",
          "plain text, nothing else",
          "");

  private static MimeTypes tika() throws Exception {
    return MimeTypesFactory.create("tika-mimetypes.xml");
  }

  private static String detect(MimeTypes types, byte[] bytes) throws IOException {
    return types.detect(new ByteArrayInputStream(bytes), new Metadata()).toString();
  }

  /** Beginnings of files that are continued at random, changed and cut. */
  private static List<byte[]> samples() throws IOException {
    var random = new Random(20261124);
    var whole = new ArrayList<byte[]>();
    BEGINNINGS.forEach(text -> whole.add(text.getBytes(ISO_8859_1)));
    try (var files = Files.walk(Path.of("../sample-logs"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        whole.add(Files.readAllBytes(file));
      }
    }
    var samples = new ArrayList<>(whole);
    for (int round = 0; round < 60; round++) {
      for (var bytes : whole) {
        var longer = Arrays.copyOf(bytes, bytes.length + random.nextInt(9_000));
        for (int i = bytes.length; i < longer.length; i++) {
          longer[i] = (byte) (round % 2 == 0 ? random.nextInt() : 32 + random.nextInt(95));
        }
        for (int i = 0; i < round % 4 && longer.length > 0; i++) {
          longer[random.nextInt(Math.min(longer.length, 40))] = (byte) random.nextInt();
        }
        samples.add(longer);
        samples.add(Arrays.copyOf(longer, random.nextInt(longer.length + 1)));
      }
    }
    return samples;
  }

  @Test
  void filteredMagicFindsTheSameTypesAsTika() throws Exception {
    var plain = tika();
    var filtered = tika();
    assertThat(FilteredMagic.install(filtered))
        .as("rules with a filter; only a few would mean that Tika has changed inside")
        .isGreaterThan(800);
    var types = new TreeSet<String>();
    for (var bytes : samples()) {
      var expected = detect(plain, bytes);
      types.add(expected);
      assertThat(FilteredMagic.detect(filtered, bytes))
          .as("of %s…", new String(Arrays.copyOf(bytes, 80), ISO_8859_1))
          .isEqualTo(expected);
    }
    assertThat(types).hasSizeGreaterThan(25);
  }
}
