package io.longline.host.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals that a run listens to. Immutable; what is told of a signal runs on the JVM's signal
 * thread.
 *
 * <p>{@code sun.misc.Signal} is the only way to them in Java. It is used by reflection, since the
 * compiler warns of it without a way to say that it is meant.
 */
final class Signals {

  private static final Logger LOG = LoggerFactory.getLogger("longline");

  /** With this variable the JVM leaves SIGUSR2, which it uses to suspend threads, alone. */
  private static final String JVM_SIGNAL_VARIABLE = "_JAVA_SR_SIGNUM";

  private static final String JVM_DEFAULT_SIGNAL = "12";

  private Signals() {}

  /** A signal. */
  enum Name {
    INT(2),
    TERM(15),
    USR1(10),
    USR2(12);

    private final int number;

    Name(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    boolean endsTheRun() {
      return this == INT || this == TERM;
    }
  }

  /**
   * Listens to all of them, but for SIGUSR2 where the JVM has it for itself.
   *
   * @param environment the environment variables
   * @param onSignal is told of each
   */
  static void listen(Map<String, String> environment, Consumer<Name> onSignal) {
    for (var name : Name.values()) {
      var jvmSignal = environment.getOrDefault(JVM_SIGNAL_VARIABLE, JVM_DEFAULT_SIGNAL);
      if (name == Name.USR2 && jvmSignal.equals(JVM_DEFAULT_SIGNAL)) {
        LOG.info(
            "SIGUSR2 is left to the JVM, which uses it itself; SIGUSR1 does the same. The launcher sets {}=34 to free it.",
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
      LOG.warn("SIG{} cannot be listened to: {}", name, String.valueOf(e.getCause()));
    } catch (ReflectiveOperationException e) {
      LOG.warn(
          "This Java has no signals to listen to; SIG{} does what it does by itself.", name, e);
    }
  }
}
