package io.longline.host.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longline.api.HookContext;
import io.longline.api.LogDirectory;
import io.longline.api.LogHook;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.pf4j.Plugin;

/**
 * Compiled classes for the jars of tests, which load in a moment. A jar needs this class as well.
 * The plugins report to a test by properties of the JVM, since they do not see its classes.
 */
public final class TinyHooks {

  /** The property with a line for each plugin that has started or stopped. */
  static final String LOG = "longline.test.plugins.log";

  /** The property that has {@link Hanging} hang. */
  static final String HANGS = "longline.test.plugins.hangs";

  private TinyHooks() {}

  /** A hook that loads. */
  public static class Fine implements LogHook {
    @Override
    public void process(LogDirectory logs, HookContext context) {}
  }

  /** A hook that does not load. */
  public static class Failing implements LogHook {
    /** Fails. */
    public Failing() {
      throw new IllegalStateException("on purpose");
    }

    @Override
    public void process(LogDirectory logs, HookContext context) {}
  }

  /** A hook that uses a class of the plugin library. */
  public static class Needing implements LogHook {
    private final Object needed = new Library();

    @Override
    public void process(LogDirectory logs, HookContext context) {
      context.warn(needed.toString());
    }
  }

  /** A class of the plugin library. */
  public static class Library {}

  /** A hook that hangs while it is created, if it is asked to. */
  public static class Hanging implements LogHook {
    /** Hangs. */
    public Hanging() throws InterruptedException {
      if (System.getProperty(HANGS) != null) {
        new CountDownLatch(1).await();
      }
    }

    @Override
    public void process(LogDirectory logs, HookContext context) {}
  }

  /** Records when its plugin starts and stops. */
  public static class Recorder extends Plugin {
    private String name;

    @Override
    public void start() {
      try (var in = getClass().getClassLoader().getResourceAsStream("name.txt")) {
        name = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      record("+");
    }

    @Override
    public void stop() {
      record("-");
    }

    private void record(String what) {
      System.setProperty(LOG, System.getProperty(LOG, "") + what + name + "\n");
    }
  }
}
