/**
 * Events in the host, as values: a stage reports them to its {@link
 * io.longline.host.event.EventSink}, and warnings, summary and progress are made from them.
 */
@NullMarked
package io.longline.host.event;

import org.jspecify.annotations.NullMarked;
