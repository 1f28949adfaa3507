package io.longline.host.plugins;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * Registers the JDBC drivers of a plugin, and removes them when the plugin is unloaded. Confined to
 * one thread.
 *
 * <p>This class is not used as it is: {@link JarClassLoader} defines a copy of it in the plugin's
 * loader, since {@link DriverManager} lets nobody remove a driver but code of the loader that the
 * driver comes from. So it uses no class but those of the JDK, and reports by what it returns.
 *
 * <p>DriverManager looks for drivers once, when it is used first, with the class loader of whoever
 * uses it. In the host that may be the host itself, or another plugin.
 */
public final class JdbcDrivers implements Supplier<List<String>> {

  private static final int MAX_FAILURES = 100;

  private final boolean isAdding;

  /**
   * A task.
   *
   * @param isAdding whether drivers are registered; otherwise they are removed
   */
  public JdbcDrivers(boolean isAdding) {
    this.isAdding = isAdding;
  }

  /** Registers or removes the drivers; returns what failed. */
  @Override
  public List<String> get() {
    return isAdding ? add() : remove();
  }

  private List<String> add() {
    var failures = new ArrayList<String>();
    var own = getClass().getClassLoader();
    var drivers = ServiceLoader.load(Driver.class, own).stream().iterator();
    while (failures.size() < MAX_FAILURES) {
      try {
        if (!drivers.hasNext()) {
          break;
        }
        var driver = drivers.next();
        // Those of plugins that it depends on are there already.
        if (driver.type().getClassLoader() == own) {
          // Its class registers it.
          driver.get();
        }
      } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
        failures.add(e.toString());
      }
    }
    return failures;
  }

  private List<String> remove() {
    var failures = new ArrayList<String>();
    for (var driver : DriverManager.drivers().toList()) {
      if (driver.getClass().getClassLoader() == getClass().getClassLoader()) {
        try {
          DriverManager.deregisterDriver(driver);
        } catch (SQLException | RuntimeException e) {
          failures.add(e.toString());
        }
      }
    }
    return failures;
  }
}
