package io.longline.host.window;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Facts in the order {@link Fact#IN_PANE}, one after the other. Confined to one thread. */
interface FactCursor extends Closeable {

  /**
   * The next fact.
   *
   * @return null at the end
   * @throws IOException if it cannot be read
   */
  @Nullable Fact next() throws IOException;

  @Override
  default void close() throws IOException {}

  /** Facts in memory. */
  static FactCursor of(Iterator<Fact> facts) {
    return () -> facts.hasNext() ? facts.next() : null;
  }
}
