package io.longline.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The logs that a {@link RecordHook} wants to see, in this order, and the fields of each.
 * Immutable.
 *
 * <pre>{@code
 * Interest.in("files").fields("conn_uids", "extracted").andIn("conn").fields("uid", "id.orig_h")
 * }</pre>
 */
public final class Interest {

  private final List<Log> logs;

  private Interest(List<Log> logs) {
    this.logs = List.copyOf(logs);
  }

  /**
   * A log that is wanted.
   *
   * @param path its path, such as {@code conn}
   * @param fields the fields, which are the columns of the records in this order; none for all
   * @param isInAnyOrder whether the records may come in any order
   */
  public record Log(String path, List<String> fields, boolean isInAnyOrder) {

    /** Checks the parts, and copies the list. */
    public Log {
      Objects.requireNonNull(path, "path");
      fields = List.copyOf(fields);
    }
  }

  /** Wants these logs, in this order. */
  public static Interest of(List<Log> logs) {
    return new Interest(logs);
  }

  /** Wants this log, with all its fields unless {@link #fields} follows. */
  public static Interest in(String path) {
    return new Interest(List.of(new Log(path, List.of(), false)));
  }

  /**
   * Wants these fields only of the log that was named last.
   *
   * @throws IllegalArgumentException if a field is named twice
   */
  public Interest fields(String... names) {
    if (List.of(names).stream().distinct().count() < names.length) {
      throw new IllegalArgumentException("A field is named twice: " + List.of(names));
    }
    return withLast(new Log(last().path(), List.of(names), last().isInAnyOrder()));
  }

  /**
   * Takes the records of the log that was named last in any order. A very large file can then be
   * read by several threads at once, if all hooks that share its scan allow it; the sink is still
   * called by one thread at a time, though not always by the same one. {@link
   * io.longline.zeek.LogRecord#line()} then counts from the start of a part of the file. If the
   * columns turn out to change in the middle of such a file, the sink is closed, and a new one is
   * opened and given the records from the beginning.
   */
  public Interest inAnyOrder() {
    return withLast(new Log(last().path(), last().fields(), true));
  }

  private Log last() {
    return logs.get(logs.size() - 1);
  }

  private Interest withLast(Log log) {
    var changed = new ArrayList<>(logs);
    changed.set(changed.size() - 1, log);
    return new Interest(changed);
  }

  /**
   * Also wants this log, after those that are named already.
   *
   * @throws IllegalArgumentException if it is named already
   */
  public Interest andIn(String path) {
    if (logs.stream().anyMatch(log -> log.path().equals(path))) {
      throw new IllegalArgumentException("The log " + path + " is named twice.");
    }
    var longer = new ArrayList<>(logs);
    longer.add(new Log(path, List.of(), false));
    return new Interest(longer);
  }

  /** The logs, in the order in which they are read. */
  public List<Log> logs() {
    return logs;
  }

  @Override
  public String toString() {
    return logs.toString();
  }
}
