package io.longline.host.call;

import io.longline.host.event.Ending;
import io.longline.host.ledger.Batch;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes calls in the processes of plugins. Thread-safe. */
public interface ProcessCalls {

  /**
   * Makes calls together, beside others in the same process.
   *
   * @param process the number of the process
   * @param calls the calls, at least one, all of hooks of its plugin
   * @param batch the batch that they are made on; null at EXIT
   * @param listener receives what the calls do before they end
   * @return how each call ended, by the hook's id
   * @throws ProcessDiedException if the process ends meanwhile, or cannot be started
   */
  Map<String, Ending> make(
      long process, List<Call> calls, @Nullable Batch batch, CallListener listener)
      throws ProcessDiedException;

  /** Makes calls while no others are made in the process; otherwise like {@link #make}. */
  Map<String, Ending> makeAlone(
      long process, List<Call> calls, @Nullable Batch batch, CallListener listener)
      throws ProcessDiedException;

  /** For a process in which no plugin has another process. */
  static ProcessCalls none() {
    return new ProcessCalls() {
      @Override
      public Map<String, Ending> make(
          long process, List<Call> calls, @Nullable Batch batch, CallListener listener) {
        throw new IllegalStateException("There is no process " + process + ".");
      }

      @Override
      public Map<String, Ending> makeAlone(
          long process, List<Call> calls, @Nullable Batch batch, CallListener listener) {
        return make(process, calls, batch, listener);
      }
    };
  }
}
