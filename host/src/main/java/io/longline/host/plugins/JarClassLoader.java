package io.longline.host.plugins;

import io.longline.host.event.PrintableText;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.CodeSource;
import java.security.Security;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the classes of one jar: from the jar first, then from the plugins that it depends on, then
 * from the API. Thread-safe.
 *
 * <p>It reads the jar by {@link JarContents} and nothing else. The class loader of the JDK would
 * also follow {@code Class-Path} in the manifest and {@code META-INF/INDEX.LIST}, which lead to
 * other places for a copy than for the jar itself, or to places of somebody else's choice.
 *
 * <p>Closing it removes the plugin's JDBC drivers and security providers from the lists of the JDK.
 */
final class JarClassLoader extends PluginClassLoader {

  private static final Logger LOG = LoggerFactory.getLogger(JarClassLoader.class);

  private static final String DRIVER_MANAGER = "java.sql.DriverManager";

  /** The services file that the host has the JDK read while it loads the jar. */
  static final String DRIVERS = "META-INF/services/java.sql.Driver";

  private final JarContents contents;
  private final URL url;
  private final @Nullable Manifest manifest;
  private volatile boolean usesDrivers;

  /**
   * A loader, which is to be closed.
   *
   * @param manager knows the loaders of the plugins that it depends on
   * @param parent loads the API
   * @param contents the jar, which is closed with the loader
   * @throws IOException if the manifest cannot be read
   */
  JarClassLoader(
      PluginManager manager, PluginDescriptor descriptor, ClassLoader parent, JarContents contents)
      throws IOException {
    super(manager, descriptor, parent, ClassLoadingStrategy.PDA);
    this.contents = contents;
    this.url = contents.file().toUri().toURL();
    this.manifest = contents.manifest();
    // For libraries that ask where classes are.
    addURL(url);
  }

  /**
   * Registers the JDBC drivers that the jar names, which runs code of the plugin. DriverManager
   * would not find them.
   */
  void addDrivers() {
    if (contents.entry(DRIVERS) != null) {
      run(true);
    }
  }

  /** Adds drivers, or removes those that the plugin has registered in any way. */
  private void run(boolean isAdding) {
    try (var in = JarClassLoader.class.getResourceAsStream("JdbcDrivers.class")) {
      var bytes = Objects.requireNonNull(in).readAllBytes();
      var name = JdbcDrivers.class.getName();
      var known = findLoadedClass(name);
      var type = known != null ? known : defineClass(name, bytes, 0, bytes.length);
      var failures = ((Supplier<?>) type.getConstructor(boolean.class).newInstance(isAdding)).get();
      if (!failures.equals(List.of())) {
        LOG.warn("JDBC drivers in {}: {}", contents.file(), PrintableText.line("" + failures));
      }
    } catch (IOException | ReflectiveOperationException | LinkageError e) {
      LOG.warn("The JDBC drivers in {} could not be registered or removed.", contents.file(), e);
    }
  }

  /** Removes what the plugin has left in lists of the JDK that keep its classes alive. */
  private void removeLeftovers() {
    if (usesDrivers) {
      run(false);
    }
    for (var provider : Security.getProviders()) {
      if (provider.getClass().getClassLoader() == this) {
        Security.removeProvider(provider.getName());
      }
    }
  }

  @Override
  public Class<?> loadClass(String name) throws ClassNotFoundException {
    if (name.equals(DRIVER_MANAGER)) {
      usesDrivers = true;
    }
    return super.loadClass(name);
  }

  @Override
  protected boolean shouldDelegateToParent(String className) {
    return ApiClassLoader.isApi(className);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    var entry = contents.entry(name.replace('.', '/') + ".class");
    if (entry == null) {
      throw new ClassNotFoundException(name);
    }
    try {
      var bytes = contents.read(entry, JarLimits.MAX_CLASS);
      definePackageOf(name);
      return defineClass(name, bytes, 0, bytes.length, new CodeSource(url, entry.getCodeSigners()));
    } catch (IOException e) {
      var error = new ClassFormatError(name + " cannot be read: " + e.getMessage());
      error.initCause(e);
      throw error;
    }
  }

  private void definePackageOf(String className) {
    int end = className.lastIndexOf('.');
    var name = end < 0 ? "" : className.substring(0, end);
    if (end < 0 || getDefinedPackage(name) != null) {
      return;
    }
    try {
      definePackage(name, manifest == null ? new Manifest() : manifest, url);
    } catch (IllegalArgumentException e) {
      // Another thread has defined it just now.
    }
  }

  @Override
  public @Nullable URL findResource(String name) {
    var entry = contents.entry(name);
    return entry == null ? null : urlOf(entry);
  }

  @Override
  public Enumeration<URL> findResources(String name) {
    var found = findResource(name);
    return Collections.enumeration(found == null ? List.of() : List.of(found));
  }

  /** The address of an entry, in the version that is for this Java. */
  private @Nullable URL urlOf(JarEntry entry) {
    try {
      var path = new URI(null, null, "/" + entry.getRealName(), null).getRawPath();
      return new URL("jar:" + url + "!" + path);
    } catch (URISyntaxException | MalformedURLException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      removeLeftovers();
      super.close();
    } finally {
      contents.close();
    }
  }
}
