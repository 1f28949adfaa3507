package io.longline.host.call;

import io.longline.host.plugins.CalledHook;
import io.longline.host.plugins.HookPlace;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Separates the frames of a plugin's code, and of the libraries in its jar, from those of the host,
 * of plugin-api and of the JDK. Immutable.
 *
 * <p>A class belongs to the plugin if neither the loader of the host nor one above it has loaded
 * it. Where a hook's class itself comes from the host's loader, as in tests, frames are recognised
 * by their names.
 */
final class PluginFrames {

  /** The loaders of the host, plugin-api and the JDK; that of the boot classes is null. */
  private static final Set<ClassLoader> HOST = hostLoaders();

  /** The last frame of this package, seen from the top, called the hook. */
  private static final String CALLER = PluginFrames.class.getPackageName() + ".";

  /** Frames of what a hook uses, and of how it is called. */
  private static final List<String> FOREIGN =
      List.of(CALLER, "io.longline.host.output.", "java.lang.reflect.", "jdk.internal.");

  /** Finds the classes of the plugin; null to go by names. */
  private final @Nullable ClassLoader loader;

  private PluginFrames(@Nullable ClassLoader loader) {
    this.loader = loader;
  }

  private static Set<ClassLoader> hostLoaders() {
    Set<ClassLoader> loaders = Collections.newSetFromMap(new IdentityHashMap<>());
    for (var each = PluginFrames.class.getClassLoader(); each != null; each = each.getParent()) {
      loaders.add(each);
    }
    return loaders;
  }

  /** The frames of a hook's plugin. */
  static PluginFrames of(CalledHook hook) {
    if (hook.place() instanceof HookPlace.InHost inHost) {
      var own = inHost.object().type().getClassLoader();
      return new PluginFrames(isHost(own) ? null : own);
    }
    return new PluginFrames(null);
  }

  private static boolean isHost(@Nullable ClassLoader loader) {
    return loader == null || HOST.contains(loader);
  }

  /** Those of these frames, in their order. */
  Stream<StackTraceElement> among(List<StackTraceElement> frames) {
    if (loader == null) {
      return byName(frames);
    }
    var known = new HashSet<String>();
    var others = new HashSet<String>();
    return frames.stream()
        .filter(Objects::nonNull)
        .filter(
            frame -> {
              var name = frame.getClassName();
              if (known.contains(name) || others.contains(name)) {
                return known.contains(name);
              }
              boolean isPlugin = isPlugin(frame, loader);
              (isPlugin ? known : others).add(name);
              return isPlugin;
            });
  }

  private static boolean isPlugin(StackTraceElement frame, ClassLoader loader) {
    if (frame.getModuleName() != null || frame.getClassLoaderName() != null) {
      // The JDK has modules, and the loader of the class path has a name.
      return false;
    }
    try {
      return !isHost(Class.forName(frame.getClassName(), false, loader).getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      // Made while the plugin ran, by a loader of its own.
      return true;
    }
  }

  private static Stream<StackTraceElement> byName(List<StackTraceElement> frames) {
    int end = frames.size();
    for (int i = 0; i < frames.size(); i++) {
      if (frames.get(i).getClassName().startsWith(CALLER)) {
        end = i;
      }
    }
    return frames.subList(0, end).stream()
        .filter(frame -> FOREIGN.stream().noneMatch(frame.getClassName()::startsWith));
  }
}
