package io.longline.host.plugins;

import io.longline.api.ExitHook;
import io.longline.api.Hook;
import io.longline.api.LogHook;
import io.longline.api.RecordHook;
import io.longline.api.WindowHook;
import java.util.List;

/** The interfaces of hooks, and the services files that name the classes that implement them. */
final class HookInterfaces {

  /** Each before those above it. */
  static final List<Class<? extends Hook>> ALL =
      List.of(LogHook.class, RecordHook.class, WindowHook.class, ExitHook.class, Hook.class);

  private static final String SERVICES = "META-INF/services/";

  private HookInterfaces() {}

  /** The file in a jar by which ServiceLoader would find the implementations of an interface. */
  static String servicesFile(Class<? extends Hook> type) {
    return SERVICES + type.getName();
  }

  /** The files of all of them. */
  static List<String> servicesFiles() {
    return ALL.stream().map(HookInterfaces::servicesFile).toList();
  }

  /** The interface of a services file. */
  static Class<? extends Hook> ofFile(String servicesFile) {
    return ALL.stream()
        .filter(type -> servicesFile(type).equals(servicesFile))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(servicesFile));
  }
}
