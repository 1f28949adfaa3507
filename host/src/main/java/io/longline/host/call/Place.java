package io.longline.host.call;

import io.longline.host.plugins.CalledHook;
import java.util.List;

/** Where hooks are called: by threads of this process, or in the processes of their plugins. */
interface Place {

  /**
   * Makes the calls of an assignment.
   *
   * @param open the assignment, taken on by this thread
   * @return how each call ended
   * @throws GivenUpError if this thread was given up meanwhile
   */
  List<EndedCall> make(OpenAssignment open, Assignment assignment);

  /**
   * Calls a hook at EXIT.
   *
   * @throws GivenUpError if this thread was given up meanwhile
   */
  EndedCall exit(OpenAssignment open, CalledHook hook);
}
