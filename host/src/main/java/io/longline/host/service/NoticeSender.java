package io.longline.host.service;

import java.io.IOException;
import java.util.List;

/** Takes notices to a service manager. */
interface NoticeSender {

  /**
   * Sends a notice, and waits until the service manager has it.
   *
   * @param assignments such as {@code READY=1}, in one message
   * @throws IOException if that fails; the service manager may have it all the same
   */
  void send(List<String> assignments) throws IOException;
}
