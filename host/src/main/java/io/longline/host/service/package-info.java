/**
 * What the program reports to a service manager such as systemd, in the protocol of sd_notify(3):
 * that it is ready, what it is doing, that it is well, and that it ends. The entry point is {@link
 * io.longline.host.service.ServiceNotices}. It knows nothing of a host.
 */
@NullMarked
package io.longline.host.service;

import org.jspecify.annotations.NullMarked;
