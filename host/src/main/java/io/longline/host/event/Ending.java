package io.longline.host.event;

import io.longline.api.HookWarning;
import java.time.Duration;

/** How a call of a hook ended. Immutable. */
public sealed interface Ending {

  /**
   * The hook did what it should.
   *
   * @param took how long the call took
   */
  record Succeeded(Duration took) implements Ending {}

  /**
   * The hook threw something, took too long, or could not be called.
   *
   * @param warning what went wrong
   * @param blame whose failure it is, which decides whether it counts as an attempt
   * @param took how long the call took
   */
  record Failed(HookWarning warning, Blame blame, Duration took) implements Ending {}

  /** The call was not made, since the hook is paused; it waits in the ledger. */
  record Postponed() implements Ending {}

  /** Who is to blame for a failure. */
  enum Blame {
    /** The hook: the failure counts as an attempt. */
    HOOK,
    /** The hook, which says that trying again is pointless: the call is a dead letter at once. */
    HOOK_FOR_GOOD,
    /** The host, which had no room for what the hook wrote, or no process for it: no attempt. */
    HOST
  }
}
