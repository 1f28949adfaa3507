package io.longline.host.concurrent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;

/**
 * Parts that are closed in the reverse order of their addition, each even if others fail to close.
 * Confined to one thread at a time.
 */
public final class Closers {

  private final Deque<Closer> closers = new ArrayDeque<>();

  private record Closer(String what, AutoCloseable part) {}

  /**
   * Adds a part.
   *
   * @param what describes closing it, as the beginning of a sentence: "Ending the outputs"
   * @return the part
   */
  public <T extends AutoCloseable> T add(String what, T part) {
    closers.push(new Closer(what, part));
    return part;
  }

  /**
   * Closes all parts, the last added first. A second call does nothing.
   *
   * @param onFailure receives the description of closing a part, and the failure
   */
  public void close(BiConsumer<String, Exception> onFailure) {
    while (!closers.isEmpty()) {
      var next = closers.pop();
      try {
        next.part().close();
      } catch (Exception e) {
        onFailure.accept(next.what(), e);
      }
    }
  }
}
