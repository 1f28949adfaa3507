package io.longline.host.ledger;

import io.longline.zeek.LogFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds out whether a log is still there and can be read. Thread-safe. */
final class LogPresence {

  private static final String GONE = "it is gone";

  private LogPresence() {}

  /** Why a log cannot be used, as a part of a sentence; null if its beginning can be read. */
  static @Nullable String atBeginning(Path log) {
    try {
      LogFile.probe(log);
      return null;
    } catch (IOException e) {
      return why(e);
    }
  }

  /** Why a log cannot be opened any more, as a part of a sentence; null if it can. */
  static @Nullable String now(Path log) {
    if (Files.isReadable(log)) {
      return null;
    }
    return Files.notExists(log) ? GONE : "it cannot be read: permission denied";
  }

  /** Why a log cannot be read to its end, as a part of a sentence; null if it can. */
  static @Nullable String throughout(Path log) {
    try (InputStream in = Files.newInputStream(log)) {
      in.transferTo(OutputStream.nullOutputStream());
      return null;
    } catch (IOException e) {
      return why(e);
    }
  }

  private static String why(IOException e) {
    if (e instanceof NoSuchFileException) {
      return GONE;
    }
    return "it cannot be read: "
        + (e instanceof AccessDeniedException ? "permission denied" : e.getMessage());
  }
}
