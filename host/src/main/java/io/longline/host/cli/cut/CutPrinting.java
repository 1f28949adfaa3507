package io.longline.host.cli.cut;

import io.longline.zeek.LogReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;

/** Prints columns of logs, one log after the other. Confined to one thread. */
final class CutPrinting {

  private static final String STANDARD_INPUT = "standard input";

  private final CutOptions options;
  private final CutStreams streams;
  private final CutBuffer out;
  private final TsvCut tsv;
  private final ConvertedCut converted;

  CutPrinting(CutOptions options, CutStreams streams) {
    this.options = options;
    this.streams = streams;
    this.out = new CutBuffer(streams.out());
    this.tsv = new TsvCut(options, out);
    this.converted = new ConvertedCut(options, out);
  }

  /** Opens a log. */
  @FunctionalInterface
  private interface Source {
    InputStream open() throws IOException;
  }

  /**
   * Prints files, or standard input if there is none; false if one could not be read to its end.
   *
   * @throws UnwritableException if what is printed cannot be written
   */
  boolean printAll(List<Path> files) {
    if (files.isEmpty()) {
      return print(STANDARD_INPUT, streams::in);
    }
    boolean isGood = true;
    for (var file : files) {
      isGood &= print(file.toString(), () -> Files.newInputStream(file));
    }
    return isGood;
  }

  private boolean print(String name, Source source) {
    var oddities = new Oddities();
    boolean isGood;
    try (var log = LogBytes.of(source.open())) {
      isGood =
          log.isJson() || options.json()
              ? printConverted(name, log, oddities)
              : printTsv(name, log, oddities);
    } catch (EOFException | ZipException e) {
      complain(name + ": the compressed stream is cut off or damaged; nothing could be read.");
      isGood = false;
    } catch (IOException e) {
      complain(name + " cannot be read: " + e);
      isGood = false;
    } catch (BadHeaderException e) {
      complain(name + ", " + e.getMessage());
      isGood = false;
    }
    out.flush();
    oddities.report(name, this::complain);
    return isGood && !oddities.isLoss();
  }

  private boolean printTsv(String name, LogBytes log, Oddities oddities)
      throws IOException, BadHeaderException {
    var lines = new LineWindow(log, LogReader.DEFAULT_MAX_ROW_BYTES, out::flush);
    tsv.print(lines, oddities);
    var damage = lines.damage();
    if (damage != null) {
      complain(name + ": " + damage + "; what could be read was printed.");
    }
    return damage == null;
  }

  private boolean printConverted(String name, LogBytes log, Oddities oddities)
      throws IOException, BadHeaderException {
    var source = LogReader.builder(name, log).allowShortRows();
    if (options.isInOrderNamed()) {
      source.fields(options.columns().stream().distinct().toList());
    }
    try (var reader = source.open()) {
      converted.print(reader, oddities);
      var report = reader.report();
      if (report.isDamaged()) {
        complain(name + ": " + report.summary());
      }
      return report.damage() == null && (report.rows() > 0 || report.badLines() == 0);
    }
  }

  private void complain(String sentence) {
    streams.complaints().accept(sentence);
  }
}
