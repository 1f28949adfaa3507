/** Small additions to the JDK's concurrency and resource handling. */
@NullMarked
package io.longline.host.concurrent;

import org.jspecify.annotations.NullMarked;
