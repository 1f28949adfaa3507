package io.longline.api;

import io.longline.zeek.LogFields;
import io.longline.zeek.WantedField;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The logs that a {@link RecordHook} wants to see, in this order, and the fields of each.
 * Immutable.
 *
 * <pre>{@code
 * Interest.in(DNS)                                      // handles that LogFields handed out
 * Interest.in("dns").fields("id.orig_h", "query")       // columns 0 and 1
 * Interest.in(FILES).andIn(CONN).ifPresent()            // two logs, of which one may be absent
 * }</pre>
 *
 * <p>Each log and each field is required unless it is declared otherwise. Nothing fails where one
 * is missing: a field is unset in every row then, and a log gives no record. But the host reports
 * it, once for each hook, as a {@link HookWarning} of kind {@code MISSING_FIELD} where a batch has
 * the log without the field, and of kind {@code MISSING_LOG} where no batch had the log.
 *
 * @since 0.1.0
 */
public final class Interest {

  private final List<Log> logs;
  private final @Nullable String whyNone;

  private Interest(List<Log> logs) {
    this.logs = List.copyOf(logs);
    this.whyNone = null;
  }

  private Interest(String whyNone) {
    this.logs = List.of();
    this.whyNone = whyNone;
  }

  /** A log that is wanted. Immutable. */
  public static final class Log {

    private final String path;
    private final List<WantedField> fields;
    private final boolean isInAnyOrder;
    private final boolean isOptional;

    /** Whether the fields have handles, so that they stay as they are. */
    private final boolean hasHandles;

    private Log(
        String path,
        List<WantedField> fields,
        boolean isInAnyOrder,
        boolean isOptional,
        boolean hasHandles) {
      this.path = Objects.requireNonNull(path, "path");
      this.fields = fields;
      this.isInAnyOrder = isInAnyOrder;
      this.isOptional = isOptional;
      this.hasHandles = hasHandles;
    }

    /** Its path, such as {@code conn}. */
    public String path() {
      return path;
    }

    /** The fields, which are the columns of the records in this order; none for all. */
    public List<WantedField> fields() {
      return fields;
    }

    /** Whether the records may come in any order. */
    public boolean isInAnyOrder() {
      return isInAnyOrder;
    }

    /** Whether it is normal that no directory has this log. */
    public boolean isOptional() {
      return isOptional;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Log that
          && path.equals(that.path)
          && fields.equals(that.fields)
          && isInAnyOrder == that.isInAnyOrder
          && isOptional == that.isOptional;
    }

    @Override
    public int hashCode() {
      return Objects.hash(path, fields, isInAnyOrder, isOptional);
    }

    /** The path and the fields. */
    @Override
    public String toString() {
      return path + (fields.isEmpty() ? "" : " " + fields);
    }
  }

  /**
   * Wants no log: the hook has nothing to do with its present settings. It is not called then and
   * is owed no batch, as if it were not installed, and the host says so.
   *
   * @param why a sentence that says why, and what to set
   */
  public static Interest none(String why) {
    return new Interest(Objects.requireNonNull(why, "why"));
  }

  /** Wants this log, with all its fields unless {@link #fields} follows. */
  public static Interest in(String path) {
    return new Interest(List.of(new Log(path, List.of(), false, false, false)));
  }

  /** Wants these fields of a log, in records for their handles. */
  public static Interest in(LogFields fields) {
    return new Interest(List.of(new Log(fields.path(), fields.fields(), false, false, true)));
  }

  /**
   * Also wants this log, after those that are named already.
   *
   * @throws IllegalArgumentException if it is named already
   */
  public Interest andIn(String path) {
    return and(new Log(path, List.of(), false, false, false));
  }

  /**
   * Also wants these fields of a log, after the logs that are named already.
   *
   * @throws IllegalArgumentException if it is named already
   */
  public Interest andIn(LogFields fields) {
    return and(new Log(fields.path(), fields.fields(), false, false, true));
  }

  private Interest and(Log next) {
    if (logs.stream().anyMatch(log -> log.path().equals(next.path()))) {
      throw new IllegalArgumentException("The log " + next.path() + " is named twice.");
    }
    var longer = new ArrayList<>(logs);
    longer.add(next);
    return new Interest(longer);
  }

  /**
   * Wants these fields of the log that was named last, beside those that are wanted already; each
   * is required.
   *
   * @throws IllegalArgumentException if a field is named twice, or the log's fields have handles
   */
  public Interest fields(String... names) {
    return fields(List.of(names).stream().map(WantedField::required).toList());
  }

  /**
   * Wants these fields of the log that was named last, beside those that are wanted already; a log
   * may lack them.
   *
   * @throws IllegalArgumentException if a field is named twice, or the log's fields have handles
   */
  public Interest optionalFields(String... names) {
    return fields(List.of(names).stream().map(WantedField::optional).toList());
  }

  /**
   * Wants these fields of the log that was named last, beside those that are wanted already.
   *
   * @throws IllegalArgumentException if a field is named twice, or the log's fields have handles
   */
  public Interest fields(Collection<WantedField> more) {
    checkHasNoHandles();
    var longer = new ArrayList<>(last().fields);
    longer.addAll(more);
    return withLast(checked(longer), last().isInAnyOrder, last().isOptional);
  }

  /**
   * Gives a field that was named for the last log other names, for versions of Zeek that call it
   * so: {@code fields("uid").orNamed("uid", "conn_uids")}.
   *
   * @throws IllegalArgumentException if the field is not wanted, or a name is used twice
   */
  public Interest orNamed(String field, String... otherNames) {
    checkHasNoHandles();
    var changed = new ArrayList<>(last().fields);
    for (int i = 0; i < changed.size(); i++) {
      if (changed.get(i).name().equals(field)) {
        changed.set(i, changed.get(i).orNamed(List.of(otherNames)));
        return withLast(checked(changed), last().isInAnyOrder, last().isOptional);
      }
    }
    throw new IllegalArgumentException(
        "The field %s is not among the fields %s of %s."
            .formatted(field, last().fields, last().path));
  }

  private void checkHasNoHandles() {
    if (last().hasHandles) {
      throw new IllegalArgumentException(
          "The fields of %s are those of its LogFields: declare the field there, to get a handle for it."
              .formatted(last().path));
    }
  }

  private static List<WantedField> checked(List<WantedField> fields) {
    var seen = new ArrayList<String>();
    for (var field : fields) {
      seen.add(field.name());
      seen.addAll(field.otherNames());
    }
    for (var name : seen) {
      if (seen.indexOf(name) != seen.lastIndexOf(name)) {
        throw new IllegalArgumentException("The field " + name + " is named twice: " + fields);
      }
    }
    return List.copyOf(fields);
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
    return withLast(last().fields, true, last().isOptional);
  }

  /** Does not expect the log that was named last: nothing is reported where no batch has it. */
  public Interest ifPresent() {
    return withLast(last().fields, last().isInAnyOrder, true);
  }

  private Log last() {
    if (logs.isEmpty()) {
      throw new IllegalArgumentException("No log is named: begin with Interest.in().");
    }
    return logs.get(logs.size() - 1);
  }

  private Interest withLast(List<WantedField> fields, boolean isInAnyOrder, boolean isOptional) {
    var changed = new ArrayList<>(logs);
    changed.set(
        changed.size() - 1,
        new Log(last().path, fields, isInAnyOrder, isOptional, last().hasHandles));
    return new Interest(changed);
  }

  /** Why no log is wanted; null if one is. */
  public @Nullable String whyNone() {
    return whyNone;
  }

  /** The logs, in the order in which they are read. */
  public List<Log> logs() {
    return logs;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Interest that
        && logs.equals(that.logs)
        && Objects.equals(whyNone, that.whyNone);
  }

  @Override
  public int hashCode() {
    return Objects.hash(logs, whyNone);
  }

  @Override
  public String toString() {
    return whyNone == null ? logs.toString() : whyNone;
  }
}
