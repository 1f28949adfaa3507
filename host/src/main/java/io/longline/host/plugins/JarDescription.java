package io.longline.host.plugins;

import io.longline.api.ExitHook;
import io.longline.api.LogHook;
import io.longline.api.RecordHook;
import io.longline.api.Site;
import io.longline.api.WindowHook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a jar says of its plugin, read without running anything of it, for an index. Immutable.
 *
 * @param id the plugin's id
 * @param version its version
 * @param requires the versions of plugin-api that it fits; empty for any
 * @param description what it does; may be empty
 * @param licence its licence; may be empty
 * @param sites the sites of the hooks that it declares
 */
public record JarDescription(
    String id,
    String version,
    String requires,
    String description,
    String licence,
    List<String> sites) {

  /** Makes a copy. */
  public JarDescription {
    sites = List.copyOf(sites);
  }

  /**
   * Reads a jar.
   *
   * @throws IOException if it is not a plugin, or cannot be read; the message is a sentence
   */
  public static JarDescription of(Path file) throws IOException {
    try (var contents = JarContents.open(file)) {
      var jar = new JarInspector().inspect(file);
      var manifest = contents.manifest();
      return new JarDescription(
          jar.id(),
          jar.version(),
          jar.descriptor().getRequires().equals("*") ? "" : jar.descriptor().getRequires(),
          value(
              manifest == null
                  ? null
                  : manifest.getMainAttributes().getValue("Plugin-Description")),
          value(manifest == null ? null : manifest.getMainAttributes().getValue("Plugin-License")),
          sites(jar, JarClasses.of(file)));
    } catch (PluginRejectedException e) {
      throw new IOException(e.problem().sentence(), e);
    } catch (RuntimeException e) {
      throw new IOException("The jar cannot be read: " + e.getMessage(), e);
    }
  }

  private static String value(@Nullable String text) {
    return text == null ? "" : text.strip();
  }

  private static List<String> sites(PluginJar jar, JarClasses classes) {
    var sites = EnumSet.noneOf(Site.class);
    for (var declared : jar.hookClasses()) {
      var seen = classes.named(declared.name());
      if (seen != null && !seen.isBroken()) {
        add(sites, Site.HOOK, classes.implementsIt(seen, LogHook.class));
        add(sites, Site.HOOK, classes.implementsIt(seen, RecordHook.class));
        add(sites, Site.WINDOW, classes.implementsIt(seen, WindowHook.class));
        add(sites, Site.EXIT, classes.implementsIt(seen, ExitHook.class));
      }
    }
    var names = new ArrayList<String>();
    sites.forEach(site -> names.add(site.name()));
    return names;
  }

  private static void add(Set<Site> sites, Site site, boolean isOne) {
    if (isOne) {
      sites.add(site);
    }
  }

  /** Whether a text can be the id of a plugin. */
  public static boolean isId(String text) {
    return PluginManifest.isId(text);
  }

  /** Whether a text can be the version of a plugin. */
  public static boolean isVersion(String text) {
    return PluginManifest.isVersion(text);
  }
}
