/** The plugin {@code dns-anomalies}. */
@NullMarked
package io.longline.plugins.dnsanomalies;

import org.jspecify.annotations.NullMarked;
