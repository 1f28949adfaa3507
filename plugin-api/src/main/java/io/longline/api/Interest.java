package io.longline.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Which logs a {@link RecordHook} wants to see, in this order, and which of their fields.
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
   */
  public record Log(String path, List<String> fields) {

    /** Makes a copy. */
    public Log {
      Objects.requireNonNull(path, "path");
      fields = List.copyOf(fields);
    }
  }

  /** Wants this log, with all its fields unless {@link #fields} follows. */
  public static Interest in(String path) {
    return new Interest(List.of(new Log(path, List.of())));
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
    var changed = new ArrayList<>(logs);
    var last = changed.remove(changed.size() - 1);
    changed.add(new Log(last.path(), List.of(names)));
    return new Interest(changed);
  }

  /**
   * Wants another log too, after those that are named.
   *
   * @throws IllegalArgumentException if it is named already
   */
  public Interest andIn(String path) {
    if (logs.stream().anyMatch(log -> log.path().equals(path))) {
      throw new IllegalArgumentException("The log " + path + " is named twice.");
    }
    var longer = new ArrayList<>(logs);
    longer.add(new Log(path, List.of()));
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
