package io.longline.host.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.configuration.HostSettings;
import io.longline.host.testing.AwaitedEvents;
import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import io.longline.host.testing.TestHooks;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that are replaced while a host runs leave nothing behind. */
class PluginLeakTest {

  private static final int RELOADS = 200;

  private static final long MANY_BYTES = 1_000_000;

  @TempDir Path folder;

  /**
   * A plugin with typical parts: records, settings, a thread, a JDBC driver, a security provider.
   */
  private static PluginJars.Jar version(PluginJars jars, String name, String version) {
    return jars.jar(name)
        .plugin("seer", version)
        .source(
            """
            package test.plugin;
            import io.longline.api.*;
            public class Seer implements LogHook, ExitHook {
              public record Wanted(
                  @Setting(description = "What.", defaultValue = "%s") String what) {}
              private final ThreadLocal<Object> mine = new ThreadLocal<>();
              private final InheritableThreadLocal<Object> passedOn = new InheritableThreadLocal<>();
              public Seer() {
                java.security.Security.addProvider(
                    new java.security.Provider("seer-%s", "1", "") {});
              }
              public Class<? extends Record> settings() { return Wanted.class; }
              public void process(LogDirectory logs, HookContext context) throws Exception {
                mine.set(this);
                passedOn.set(this);
                var thread = new Thread(() -> {});
                thread.start();
                thread.join();
                context.output("seen").lines().line(context.settings(Wanted.class).what());
                if (logs.name().endsWith("9")) { throw new Failed(); }
              }
              public void exit(HookContext context) { context.logger().debug("{}", this); }
              static class Failed extends Exception {}
            }
            """
                .formatted(version, version))
        .source(
            """
            package test.plugin;
            import java.sql.*;
            public final class SeerDriver implements Driver {
              static {
                try { DriverManager.registerDriver(new SeerDriver()); }
                catch (SQLException e) { throw new ExceptionInInitializerError(e); }
              }
              public Connection connect(String url, java.util.Properties with) { return null; }
              public boolean acceptsURL(String url) { return false; }
              public DriverPropertyInfo[] getPropertyInfo(String u, java.util.Properties p) { return null; }
              public int getMajorVersion() { return 1; }
              public int getMinorVersion() { return 0; }
              public boolean jdbcCompliant() { return false; }
              public java.util.logging.Logger getParentLogger() { return null; }
            }
            """)
        .entry("META-INF/services/java.sql.Driver", "test.plugin.SeerDriver")
        .source(
            """
            package test.plugin;
            import io.longline.api.*;
            import io.longline.zeek.*;
            public class Counter implements RecordHook {
              public Interest interest() { return Interest.in("conn"); }
              public RecordSink open(LogDirectory logs, HookContext context) {
                return record -> {};
              }
            }
            """)
        .index("test.plugin.Seer", "test.plugin.Counter");
  }

  private static ClassLoader loaderOf(HookHost host) {
    return TestHooks.called(host.plugins().hooks().get(0)).classLoader();
  }

  private static Path copyOf(HookHost host) {
    var loader = (URLClassLoader) loaderOf(host);
    return Path.of(URI.create(loader.getURLs()[0].toString()));
  }

  private static long metaspace() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .map(MemoryPoolMXBean::getUsage)
        .mapToLong(java.lang.management.MemoryUsage::getUsed)
        .sum();
  }

  private static long living(List<WeakReference<ClassLoader>> loaders) {
    return loaders.stream().filter(loader -> loader.get() != null).count();
  }

  /** Collects garbage until none of these is left, for a limited time. */
  private static long collect(List<WeakReference<ClassLoader>> loaders) {
    for (int i = 0; i < 20 && living(loaders) > 0; i++) {
      System.gc();
    }
    return living(loaders);
  }

  @Test
  void manyReloadsDoNotGrowMetaspace() throws Exception {
    var plugins = Files.createDirectories(folder.resolve("plugins"));
    var jars = new PluginJars(folder);
    var contents = new ArrayList<byte[]>();
    contents.add(Files.readAllBytes(version(jars, "one.jar", "1.0.0").build()));
    contents.add(Files.readAllBytes(version(jars, "two.jar", "2.0.0").build()));
    Files.write(plugins.resolve("seer.jar"), contents.get(0));
    var events = new AwaitedEvents();
    var loaders = new ArrayList<WeakReference<ClassLoader>>();
    try (var host =
        HookHost.start(
            HostSettings.builder(plugins, folder.resolve("out"))
                .workers(2)
                .listeners(List.of(events))
                .waitsForRetries(false)
                .build())) {
      long before = 0;
      for (int i = 1; i <= RELOADS + 20; i++) {
        host.submit(SampleLogs.directory(folder.resolve("logs"), "d" + i));
        events.awaitCalls("seer/Counter", i);
        loaders.add(new WeakReference<>(loaderOf(host)));
        Files.write(plugins.resolve("seer.jar"), contents.get(i % 2));
        host.updatePlugins();
        if (i == 20) {
          assertThat(collect(loaders)).isZero();
          before = metaspace();
        }
      }
      assertThat(loaders).hasSize(RELOADS + 20);
      assertThat(collect(loaders)).as("class loaders that are left").isZero();
      try (var copies = Files.newDirectoryStream(copyOf(host).getParent(), "*.jar")) {
        assertThat(copies).as("copies of jars that are left").hasSize(1);
      }
      assertThat(metaspace() - before).as("bytes of metaspace").isLessThan(MANY_BYTES);
    }
  }
}
