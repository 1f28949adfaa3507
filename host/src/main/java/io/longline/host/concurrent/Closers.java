package io.longline.host.concurrent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;

/**
 * Parts that are to be closed in the reverse of the order in which they were added, each of them
 * whatever becomes of the others. Confined to one thread at a time.
 */
public final class Closers {

  private final Deque<Closer> closers = new ArrayDeque<>();

  private record Closer(String what, AutoCloseable part) {}

  /**
   * Adds a part.
   *
   * @param what what closing it is, as the beginning of a sentence: "Ending the outputs"
   * @return the part
   */
  public <T extends AutoCloseable> T add(String what, T part) {
    closers.push(new Closer(what, part));
    return part;
  }

  /**
   * Closes all parts, the last added first. A second call does nothing.
   *
   * @param onFailure takes what closing a part was, and why it failed
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
