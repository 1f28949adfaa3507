package io.longline.host.cli;

import static io.longline.host.testing.PluginJars.logHook;
import static org.assertj.core.api.Assertions.assertThat;

import io.longline.host.testing.PluginJars;
import io.longline.host.testing.SampleLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the JDK finds in a plugin's jar when it looks for services, as docs/writing-a-plugin.md has
 * it; the same in the host and in a process of the plugin.
 */
class JdkServicesTest {

  @TempDir Path home;

  @BeforeEach
  void buildPlugin() throws IOException {
    new PluginJars(home.resolve("plugins-dir"))
        .jar("services-1.0.jar")
        .source(
            logHook(
                "Asking",
                """
                var lines = context.output("found").lines();
                lines.line("jdbc " + connection());
                lines.line("xml " + javax.xml.parsers.DocumentBuilderFactory.newInstance().getClass().getName());
                lines.line("service loader " + java.util.ServiceLoader.load(Runnable.class).findFirst().isPresent());
                var seen = new boolean[1];
                var thread = new Thread(() -> seen[0] = java.util.ServiceLoader.load(Runnable.class).findFirst().isPresent());
                thread.start();
                thread.join();
                lines.line("service loader in its thread " + seen[0]);
                lines.line("charset " + java.nio.charset.Charset.isSupported("x-tiny"));
                var charsets = java.util.ServiceLoader.load(java.nio.charset.spi.CharsetProvider.class);
                lines.line("charset by service loader " + charsets.stream().anyMatch(each -> each.get().charsetForName("x-tiny") != null));
                lines.line("url " + url());
                lines.line("url with handler " + new java.net.URL(null, "tiny:x", new Urls().createURLStreamHandler("tiny")));
                } private static String connection() {
                  try { return java.sql.DriverManager.getConnection("jdbc:tiny:x").getCatalog(); }
                  catch (java.sql.SQLException e) { return e.getMessage(); }
                } private static String url() {
                  try { return new java.net.URL("tiny:x").toString(); }
                  catch (java.net.MalformedURLException e) { return e.getMessage(); }
                """))
        .source(
            """
            package test.plugin;
            import java.sql.*;
            public final class TinyDriver implements Driver {
              static {
                try { DriverManager.registerDriver(new TinyDriver()); }
                catch (SQLException e) { throw new ExceptionInInitializerError(e); }
              }
              public Connection connect(String url, java.util.Properties with) {
                return !acceptsURL(url) ? null : (Connection) java.lang.reflect.Proxy.newProxyInstance(
                    TinyDriver.class.getClassLoader(), new Class<?>[] {Connection.class}, (a, b, c) -> "tiny");
              }
              public boolean acceptsURL(String url) { return url.startsWith("jdbc:tiny:"); }
              public DriverPropertyInfo[] getPropertyInfo(String u, java.util.Properties p) { return null; }
              public int getMajorVersion() { return 1; }
              public int getMinorVersion() { return 0; }
              public boolean jdbcCompliant() { return false; }
              public java.util.logging.Logger getParentLogger() { return null; }
            }
            """)
        .source(
            """
            package test.plugin;
            public class Xml extends javax.xml.parsers.DocumentBuilderFactory {
              public javax.xml.parsers.DocumentBuilder newDocumentBuilder() { return null; }
              public void setAttribute(String name, Object value) {}
              public Object getAttribute(String name) { return null; }
              public void setFeature(String name, boolean value) {}
              public boolean getFeature(String name) { return false; }
            }
            """)
        .source(
            "package test.plugin; public class Job implements Runnable { public void run() {} }")
        .source(
            """
            package test.plugin;
            import java.nio.charset.*;
            public class Charsets extends spi.CharsetProvider {
              public java.util.Iterator<Charset> charsets() { return java.util.Collections.emptyIterator(); }
              public Charset charsetForName(String name) { return name.equals("x-tiny") ? StandardCharsets.UTF_8 : null; }
            }
            """
                .replace("extends spi.", "extends java.nio.charset.spi."))
        .source(
            """
            package test.plugin;
            public class Urls extends java.net.spi.URLStreamHandlerProvider {
              public java.net.URLStreamHandler createURLStreamHandler(String protocol) {
                return !protocol.equals("tiny") ? null : new java.net.URLStreamHandler() {
                  protected java.net.URLConnection openConnection(java.net.URL url) { return null; }
                };
              }
            }
            """)
        .services("LogHook", "test.plugin.Asking")
        .entry("META-INF/services/java.sql.Driver", "test.plugin.TinyDriver\ntest.plugin.Gone\n")
        .entry("META-INF/services/javax.xml.parsers.DocumentBuilderFactory", "test.plugin.Xml")
        .entry("META-INF/services/java.lang.Runnable", "test.plugin.Job")
        .entry("META-INF/services/java.nio.charset.spi.CharsetProvider", "test.plugin.Charsets")
        .entry("META-INF/services/java.net.spi.URLStreamHandlerProvider", "test.plugin.Urls")
        .build();
  }

  private List<String> found(String... options) throws IOException {
    var cli = new CliHarness(home);
    var output = home.resolve("out" + options.length);
    var logs = SampleLogs.directory(home.resolve("logs"), "a");
    var arguments = new ArrayList<>(List.of("run", "--output", output.toString()));
    arguments.addAll(List.of(options));
    arguments.add(logs.toString());
    assertThat(cli.run(arguments.toArray(String[]::new))).as(cli.out() + cli.err()).isZero();
    return Files.readAllLines(output.resolve("found.log"));
  }

  private static void check(List<String> found) {
    assertThat(found)
        .containsExactly(
            "jdbc tiny",
            "xml test.plugin.Xml",
            "service loader true",
            "service loader in its thread true",
            "charset false",
            "charset by service loader true",
            "url unknown protocol: tiny",
            "url with handler tiny:x");
  }

  @Test
  void inTheHost() throws IOException {
    check(found());
  }

  @Test
  void inAProcessOfThePlugin() throws IOException {
    check(found("--isolate", "all"));
  }
}
