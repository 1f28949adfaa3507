/**
 * The ledger on SQLite or PostgreSQL; {@link io.longline.host.ledger.sql.SqlLedger} opens it. This
 * is the only package that knows JDBC.
 *
 * <p>What has a {@code Session} as a parameter runs within a transaction of its caller; what throws
 * a {@link io.longline.host.ledger.LedgerException} makes its own.
 */
@NullMarked
package io.longline.host.ledger.sql;

import org.jspecify.annotations.NullMarked;
