package io.longline.host.ledger;

/**
 * A hook that is paused, since it fails again and again. Immutable.
 *
 * @param hook its id
 * @param until when one call of it is made to see whether things are better, in milliseconds since
 *     1970 by the ledger's clock; 0 if it is not paused any more
 * @param pauses how many pauses there were without a success
 * @param why a sentence
 */
public record HookPause(String hook, long until, int pauses, String why) {}
