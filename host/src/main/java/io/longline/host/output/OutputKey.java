package io.longline.host.output;

/**
 * The identity of an output, as hooks name it. Immutable.
 *
 * @param name its name
 * @param isDaily whether it has a file for each day
 */
record OutputKey(String name, boolean isDaily) implements Comparable<OutputKey> {
  @Override
  public int compareTo(OutputKey other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : Boolean.compare(isDaily, other.isDaily);
  }
}
