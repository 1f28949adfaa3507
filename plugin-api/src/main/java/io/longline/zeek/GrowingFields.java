package io.longline.zeek;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a JSON log, of which more become known while it is read. Immutable: each object
 * has the columns that were known when it was made. All of a log share their memory, since a copy
 * for each new column would take quadratic time.
 */
final class GrowingFields extends AbstractList<Field> implements RandomAccess {

  /** The columns, with those behind {@code size} that a later object has added. */
  private final @Nullable Field[] shared;

  private final int size;
  private final Map<String, Integer> indexes;

  /** No columns. */
  GrowingFields() {
    this(new Field[16], 0, new ConcurrentHashMap<>());
  }

  private GrowingFields(@Nullable Field[] shared, int size, Map<String, Integer> indexes) {
    this.shared = shared;
    this.size = size;
    this.indexes = indexes;
  }

  /** These columns and one more; to be called at most once for each object. */
  GrowingFields plus(Field field) {
    var room = size == shared.length ? Arrays.copyOf(shared, 2 * size) : shared;
    room[size] = field;
    indexes.putIfAbsent(field.name(), size);
    return new GrowingFields(room, size + 1, indexes);
  }

  /** The position of the column with this name; -1 if there is none. */
  int position(String name) {
    int index = indexes.getOrDefault(name, -1);
    return index < size ? index : -1;
  }

  @Override
  public Field get(int index) {
    return Objects.requireNonNull(shared[Objects.checkIndex(index, size)]);
  }

  @Override
  public int size() {
    return size;
  }
}
