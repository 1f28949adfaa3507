package io.longline.api;

import io.longline.zeek.RowWriter;

/**
 * An output of typed rows. Confined to the hook's call.
 *
 * @since 0.1.0
 */
public interface RowOutput {

  /**
   * Begins a row, which is written when {@link RowWriter#end()} is called.
   *
   * @return the same object each time
   */
  RowWriter row();
}
