package io.longline.surface;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a public surface can consist of, for {@link PublicApiTest}. */
public interface Sample {

  @Retention(RetentionPolicy.RUNTIME)
  @interface Internal {}

  @Retention(RetentionPolicy.RUNTIME)
  @interface Marked {
    int order();

    String name() default "x";

    Class<?>[] types() default {String.class};
  }

  enum Kind {
    SECOND,
    @Deprecated
    FIRST
  }

  sealed interface Shape permits Hidden, Open {
    default String text() {
      return "";
    }

    static Shape none() {
      return new Hidden();
    }
  }

  @Internal
  final class Hidden implements Shape {}

  record Point(int x, @Nullable String label) implements Comparable<Point> {
    public Point(int x) {
      this(x, null);
    }

    @Override
    public int compareTo(Point other) {
      return Comparator.comparingInt(Point::x).compare(this, other);
    }
  }

  @Internal
  abstract class Base {
    protected abstract void inherited();
  }

  abstract non-sealed class Open<T extends Comparable<? super T>> extends Base implements Shape {
    public static final int LIMIT = 3;
    static final int UNSEEN = 4;

    protected Open(String... names) {}

    public <X extends Exception> Map<String, @Nullable T> map(
        Function<? super T, ?> function, @Nullable String text, int @Nullable [] numbers)
        throws IOException, X {
      return Map.of();
    }

    @Internal
    public void unseen() {}

    @Override
    public String toString() {
      return "open";
    }
  }
}
