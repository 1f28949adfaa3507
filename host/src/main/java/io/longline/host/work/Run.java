package io.longline.host.work;

import io.longline.host.ledger.Batch;
import io.longline.host.plugins.InstalledHook;

/**
 * One call of one hook on one batch, that is to be made. Immutable.
 *
 * @param hook the hook
 * @param batch the batch
 * @param attempt the how-manieth, from 1
 */
record Run(InstalledHook hook, Batch batch, int attempt) {}
