package io.longline.host.ledger;

/**
 * The pause of a hook that fails again and again. Immutable.
 *
 * @param hook the hook's id
 * @param since when it began, in milliseconds since 1970 by the ledger's clock; 0 if it is not
 *     paused any more
 * @param until when one call is made that decides whether it is called again, in milliseconds since
 *     1970 by the ledger's clock; 0 if it is not paused any more
 * @param pauses the number of pauses in a row, starting at 1; 0 if it is not paused any more
 * @param why the reason, as a sentence
 */
public record HookPause(String hook, long since, long until, int pauses, String why) {}
