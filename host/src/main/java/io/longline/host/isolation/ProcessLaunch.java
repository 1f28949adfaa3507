package io.longline.host.isolation;

import io.longline.host.call.CallOptions;
import io.longline.host.settings.WrittenValue;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the process of a plugin is started, and with which settings. Immutable.
 *
 * @param command the JVM's command line, including the main class
 * @param written the plugin's own settings, as they were written
 * @param environment the variables that count for its settings
 * @param variables the names of variables that its process gets besides the usual ones
 * @param options how calls are made
 */
public record ProcessLaunch(
    List<String> command,
    Map<String, WrittenValue> written,
    Map<String, String> environment,
    Set<String> variables,
    CallOptions options) {

  /** Makes copies. */
  public ProcessLaunch {
    command = List.copyOf(command);
    variables = Set.copyOf(variables);
  }
}
