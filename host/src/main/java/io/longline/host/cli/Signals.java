package io.longline.host.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals to this process. Immutable; consumers of signals run on the JVM's signal thread.
 *
 * <p>{@code sun.misc.Signal} is the only way to them in Java. It is used by reflection, since the
 * compiler warns about it and the warning cannot be suppressed.
 */
final class Signals implements SignalSource {

  private static final Logger LOG = LoggerFactory.getLogger("longline");

  /** With this variable the JVM leaves SIGUSR2, which it uses to suspend threads, alone. */
  private static final String JVM_SIGNAL_VARIABLE = "_JAVA_SR_SIGNUM";

  private static final String JVM_DEFAULT_SIGNAL = "12";

  private final Map<String, String> environment;

  /**
   * The signals of this process.
   *
   * @param environment the environment variables, which say whether the JVM leaves SIGUSR2 free
   */
  Signals(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public void listen(Consumer<Name> onSignal) {
    for (var name : Name.values()) {
      var jvmSignal = environment.getOrDefault(JVM_SIGNAL_VARIABLE, JVM_DEFAULT_SIGNAL);
      if (name == Name.USR2 && jvmSignal.equals(JVM_DEFAULT_SIGNAL)) {
        LOG.info(
            "SIGUSR2 is left to the JVM, which uses it itself; use SIGUSR1. The launcher sets {}=34 to free SIGUSR2.",
            JVM_SIGNAL_VARIABLE);
        continue;
      }
      handle(name, onSignal);
    }
  }

  private static void handle(Name name, Consumer<Name> onSignal) {
    try {
      var signalType = Class.forName("sun.misc.Signal");
      var handlerType = Class.forName("sun.misc.SignalHandler");
      var handler =
          Proxy.newProxyInstance(
              handlerType.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  onSignal.accept(name);
                }
                return method.getName().equals("hashCode") ? (Object) name.hashCode() : null;
              });
      var signal = signalType.getConstructor(String.class).newInstance(name.name());
      signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
    } catch (InvocationTargetException e) {
      LOG.warn("Cannot listen to SIG{}: {}", name, String.valueOf(e.getCause()));
    } catch (ReflectiveOperationException e) {
      LOG.warn("This Java cannot listen to signals; SIG{} keeps its usual effect.", name, e);
    }
  }
}
