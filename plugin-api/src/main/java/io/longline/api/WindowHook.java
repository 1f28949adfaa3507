package io.longline.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hook whose results span batches: totals of a day, what was never seen before. It implements
 * {@link RecordHook} or {@link LogHook} as well.
 *
 * <p>While it reads a batch, the hook puts facts into the {@linkplain HookContext#part() part} of
 * that batch: each a time, a key and a value. A part is kept if the call succeeds, exactly once for
 * each batch; if the batch is processed again, the new part takes the place of the old one. When a
 * window is closed, {@link #close} gets the facts of all parts whose times lie in it, sorted.
 *
 * <pre>{@code
 * @Extension
 * public final class Logins implements RecordHook, WindowHook {
 *   private static final LogFields SSH = LogFields.of("ssh");
 *   private static final TimeField TS = SSH.time("ts");
 *   private static final StringField HOST = SSH.string("id.orig_h");
 *
 *   public Interest interest() {
 *     return Interest.in(SSH);
 *   }
 *
 *   public List<Windows> windows() {
 *     return List.of(Windows.days(ZoneOffset.UTC));
 *   }
 *
 *   public RecordSink open(LogDirectory logs, HookContext context) {
 *     var part = context.part();
 *     return record -> part.put(TS.micros(record), HOST.get(record), new byte[0]);
 *   }
 *
 *   public void close(Window window, WindowFacts facts, HookContext context) throws IOException {
 *     var lines = context.output("logins").lines();
 *     while (facts.nextKey()) {
 *       long logins = 0;
 *       while (facts.next()) {
 *         logins++;
 *       }
 *       lines.line(facts.key() + " " + logins);
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>It does not matter which of two batches is processed first, nor when: in which window a fact
 * lies is decided by its time, never by the clock. A fact that comes after its window was closed
 * opens it again: {@code close} is called again with all facts of the window, and what it writes
 * replaces what it wrote before.
 *
 * @since 0.1.0
 */
public interface WindowHook extends Hook {

  /**
   * The kinds of windows that this hook has, mostly one; each fact lies in one window or more of
   * each kind. Called once, when the plugin is loaded.
   *
   * @return 1 to 10, of different {@linkplain Windows#size() sizes}; days, of one zone only, may be
   *     beside windows of 24 hours
   */
  List<Windows> windows();

  /**
   * The version of what keys and values mean. A plugin whose facts are different from those of its
   * previous version returns another number: then the host discards the old parts, and processes
   * their batches again. It does the same if the {@link #windows()} divide time differently. Called
   * once, when the plugin is loaded.
   *
   * @return 1 by default
   */
  default int partVersion() {
    return 1;
  }

  /**
   * Makes parts smaller: of one batch, the values of a key that lie in the same windows become one
   * value. {@link #close} still gets the values of several batches one by one.
   *
   * @return null by default: each fact is kept
   */
  default @Nullable Combiner combiner() {
    return null;
  }

  /**
   * Processes the facts of a window. An {@linkplain HookContext#output output} {@code NAME} is the
   * file {@code NAME/WINDOW.log} here, and cannot be daily. If this method returns, the file
   * becomes visible as a whole, in place of what an earlier call for the same window wrote; if it
   * throws, the earlier file stays. A file that an earlier call wrote and this one does not is
   * removed.
   *
   * <p>To write the same bytes each time, use nothing but the window, the facts and the settings.
   *
   * @param window the window
   * @param facts its facts, sorted by key, then by time, then by value
   * @param context what the host offers during this call; not to be kept
   * @throws Exception if the window could not be processed; it becomes a {@link HookWarning}, and
   *     the call is tried again like one on a batch
   */
  void close(Window window, WindowFacts facts, HookContext context) throws Exception;
}
