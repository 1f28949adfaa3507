/** What the JDK leaves to everybody about threads. */
@NullMarked
package io.longline.host.concurrent;

import org.jspecify.annotations.NullMarked;
