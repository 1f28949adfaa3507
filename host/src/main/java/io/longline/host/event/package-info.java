/**
 * What happens in the host, as values: a stage tells its {@link io.longline.host.event.EventSink},
 * and warnings, summary and progress are made from that.
 */
@NullMarked
package io.longline.host.event;

import org.jspecify.annotations.NullMarked;
