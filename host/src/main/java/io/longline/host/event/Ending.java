package io.longline.host.event;

import io.longline.api.HookWarning;
import java.time.Duration;

/** How a call of a hook ended. Immutable. */
public sealed interface Ending {

  /**
   * The hook succeeded.
   *
   * @param took how long the call took
   */
  record Succeeded(Duration took) implements Ending {}

  /**
   * The hook threw something, took too long, or could not be called.
   *
   * @param warning the failure
   * @param blame who is to blame, which decides whether the failure counts as an attempt
   * @param took how long the call took
   */
  record Failed(HookWarning warning, Blame blame, Duration took) implements Ending {}

  /** The call was not made, since the hook is paused; it waits in the ledger. */
  record Postponed() implements Ending {}

  /** Who is to blame for a failure. */
  enum Blame {
    /** The hook: the failure counts as an attempt. */
    HOOK,
    /**
     * The hook, which reports that trying again is pointless: the call is a dead letter
     * immediately.
     */
    HOOK_FOR_GOOD,
    /**
     * The host, which could not store the hook's output, or had no process for the hook: no
     * attempt.
     */
    HOST,
    /** Nobody here: the logs are gone or cannot be read. The batch ends as unavailable. */
    LOGS
  }
}
