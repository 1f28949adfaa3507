package io.longline.surface;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.api.ApiVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Everything that plugins can use is in {@code plugin-api/api.txt}, so that no change of it goes
 * unseen. {@code -Dapi.update=true} writes the file again.
 */
class PublicApiTest {

  private static final Path FILE = Path.of("api.txt");

  @Test
  void theTextOfThePublicApiIsCommitted() throws Exception {
    var classes = ApiVersion.class.getProtectionDomain().getCodeSource().getLocation();
    var now = PublicApi.in(Path.of(classes.toURI()));
    if (Boolean.getBoolean("api.update")) {
      Files.write(FILE, now);
    }
    var difference = PublicApi.difference(Files.readAllLines(FILE), now);
    assertThat(difference)
        .as(
            "What plugins can use is not what plugin-api/api.txt says (-) but this (+):\n%s\n"
                + "If that is meant, write the file again, and commit it with the change: "
                + "mvn -pl plugin-api test -Dtest=PublicApiTest -Dapi.update=true",
            String.join("\n", difference))
        .isEmpty();
  }

  @Test
  void theTextHasAllThatCallersAndImplementersDependOn() {
    var lines = PublicApi.of(new ArrayList<>(List.of(Sample.class.getDeclaredClasses())));
    var prefix = "io.longline.surface.Sample.";
    assertThat(lines.stream().map(line -> line.replace(prefix, "")))
        .containsExactly(
            "@java.lang.annotation.Retention(value = RUNTIME) public @interface Internal",
            "public enum Kind",
            "  constant SECOND",
            "  constant @Deprecated FIRST",
            "@java.lang.annotation.Retention(value = RUNTIME) public @interface Marked",
            "  public abstract Class<?>[] types() default {String.class}",
            "  public abstract String name() default \"x\"",
            "  public abstract int order()",
            "public static abstract non-sealed class Open<T extends Comparable<? super T>> : Shape",
            "  protected Open(String...)",
            "  protected abstract void inherited()",
            "  public <X extends Exception> java.util.Map<String, @Nullable T> map(java.util.function.Function<? super T, ?>, @Nullable String, int @Nullable []) throws X, java.io.IOException",
            "  public static final int LIMIT",
            "public record Point(int x, @Nullable String label) : Comparable<Point>",
            "  public Point(int)",
            "  public int compareTo(Point)",
            "public sealed interface Shape permits ..., Open",
            "  public default String text()",
            "  public static Shape none()");
  }

  @Test
  void aDifferenceNamesTypeAndLine() {
    var before =
        List.of("public class a.A", "  public A()", "  public int x()", "public class a.B");
    var now =
        List.of("public final class a.A", "  public A()", "  public long x()", "public enum a.C");
    assertThat(PublicApi.difference(before, now))
        .containsExactly(
            "a.A",
            "- public class a.A",
            "- public int x()",
            "+ public final class a.A",
            "+ public long x()",
            "a.B",
            "- public class a.B",
            "a.C",
            "+ public enum a.C");
    assertThat(PublicApi.difference(now, now)).isEmpty();
  }
}
