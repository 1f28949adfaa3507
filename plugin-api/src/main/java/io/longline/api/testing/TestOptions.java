package io.longline.api.testing;

import io.longline.api.ExtractedFiles;
import io.longline.api.NoSettings;
import java.time.Clock;

/** What a test has set for the calls that it makes. Confined to one thread. */
final class TestOptions {

  private Record settings = new NoSettings();
  private Clock clock = Clock.systemUTC();
  private ExtractedFiles extractedFiles = ExtractedFiles.none();
  private boolean isCancelled;
  private boolean allowsBadLines;
  private boolean allowsMissing;

  Record settings() {
    return settings;
  }

  void settings(Record record) {
    settings = record;
  }

  Clock clock() {
    return clock;
  }

  void clock(Clock other) {
    clock = other;
  }

  ExtractedFiles extractedFiles() {
    return extractedFiles;
  }

  void extractedFiles(ExtractedFiles files) {
    extractedFiles = files;
  }

  boolean isCancelled() {
    return isCancelled;
  }

  void cancel() {
    isCancelled = true;
  }

  boolean allowsBadLines() {
    return allowsBadLines;
  }

  void allowBadLines() {
    allowsBadLines = true;
  }

  boolean allowsMissing() {
    return allowsMissing;
  }

  void allowMissing() {
    allowsMissing = true;
  }
}
