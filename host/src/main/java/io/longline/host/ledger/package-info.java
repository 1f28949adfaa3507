/**
 * The durable record of batches and outcomes, on SQLite or PostgreSQL, which is the queue too; see
 * {@code docs/ledger.md}.
 */
@NullMarked
package io.longline.host.ledger;

import org.jspecify.annotations.NullMarked;
