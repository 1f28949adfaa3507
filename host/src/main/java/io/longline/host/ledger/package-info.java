/**
 * The durable record of batches and outcomes, which is the queue too; see {@code docs/ledger.md}.
 *
 * <p>{@link io.longline.host.ledger.Ledger} leads to the faces of it: one for those who take
 * batches in, one for a host, one for who looks into it. They are interfaces, so that nobody but
 * the package {@code sql} knows of connections and statements. Ledgers are thread-safe, and several
 * processes may use one at the same time.
 */
@NullMarked
package io.longline.host.ledger;

import org.jspecify.annotations.NullMarked;
