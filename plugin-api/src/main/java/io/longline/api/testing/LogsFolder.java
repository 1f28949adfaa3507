package io.longline.api.testing;

import io.longline.api.LogDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JUnit extension that gives each test an empty folder for logs, and deletes it afterwards.
 * Confined to the thread of the test. The test needs JUnit Jupiter on its class path.
 *
 * <pre>{@code
 * @RegisterExtension final LogsFolder logs = new LogsFolder();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class LogsFolder implements BeforeEachCallback, AfterEachCallback {

  private @Nullable Path folder;

  /**
   * An extension to be registered with {@code @RegisterExtension}, in a field that is not static.
   */
  public LogsFolder() {}

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory("logs-");
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    try (var all = Files.walk(path())) {
      for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
    folder = null;
  }

  /**
   * The folder.
   *
   * @throws NullPointerException outside of a test
   */
  public Path path() {
    return Objects.requireNonNull(
        folder,
        "There is a folder during a test only: register LogsFolder with @RegisterExtension.");
  }

  /**
   * Writes a log to {@code PATH.log} in the folder.
   *
   * @return the file
   * @throws IOException if it cannot be written
   */
  public Path add(SmallLog log) throws IOException {
    return log.writeTo(path());
  }

  /**
   * The folder's logs, as a batch.
   *
   * @throws IOException if it cannot be read
   */
  public LogDirectory directory() throws IOException {
    return LogDirectory.of(path());
  }
}
