/**
 * The rules that the host and the test kit share. No plugin uses this package: it is not in the
 * Javadoc, not part of the API that stays stable, and may change with any version.
 */
@NullMarked
package io.longline.api.internal;

import org.jspecify.annotations.NullMarked;
