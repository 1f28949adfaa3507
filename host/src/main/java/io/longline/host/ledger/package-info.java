/** Keeps account of what was accepted. In memory for now. */
@NullMarked
package io.longline.host.ledger;

import org.jspecify.annotations.NullMarked;
