package io.longline.host.plugins;

import io.longline.api.Hook;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The one object of a hook's class. It is replaced by a new one, which has seen nothing, when a
 * thread that called it was given up. Thread-safe.
 */
public final class HookObject {

  private final Class<? extends Hook> type;
  private final AtomicReference<@Nullable Hook> current;

  HookObject(Hook first) {
    this.type = first.getClass();
    this.current = new AtomicReference<>(first);
  }

  /** The class. */
  public Class<? extends Hook> type() {
    return type;
  }

  /** The object; a new one if the last one was given up. */
  Hook get() {
    var object = current.get();
    if (object != null) {
      return object;
    }
    // Without a lock: a constructor may hang, and renew() must not wait for it.
    var made = make();
    var other = current.compareAndExchange(null, made);
    return other == null ? made : other;
  }

  private Hook make() {
    try {
      return type.getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          "A new object of " + type.getName() + " could not be created.", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "A new object of " + type.getName() + " could not be created.", e);
    }
  }

  /** Gives up the object: it is never called again. */
  void renew() {
    current.set(null);
  }
}
