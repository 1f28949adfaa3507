package io.longline.host.cli;

import io.longline.host.ledger.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** When a failed call is tried again. */
final class RetryOptions {

  private final String defaultDelay;

  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      description = "After so many failures a call is a dead letter (default: 3).")
  private int maxAttempts = 3;

  @Option(
      names = "--retry-delay",
      paramLabel = "DURATION",
      description =
          "How long to wait before the second attempt, such as 500ms, 30s, 5m; doubled each time (default: 1s for run, 30s for watch).")
  private @Nullable String delay;

  RetryOptions(String defaultDelay) {
    this.defaultDelay = defaultDelay;
  }

  RetryPolicy policy() {
    if (maxAttempts < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--max-attempts is " + maxAttempts + "; there must be one at least.");
    }
    return new RetryPolicy(
        maxAttempts, duration(spec, "--retry-delay", delay == null ? defaultDelay : delay));
  }

  /** A duration as users write it: a number and ms, s, m, h or d. */
  static Duration duration(CommandLine.Model.CommandSpec spec, String option, String text) {
    var match = java.util.regex.Pattern.compile("(\\d{1,9})(ms|s|m|h|d)").matcher(text.strip());
    if (!match.matches()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          option + " is \"" + text + "\"; write a number with ms, s, m, h or d, such as 30s.");
    }
    long number = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
