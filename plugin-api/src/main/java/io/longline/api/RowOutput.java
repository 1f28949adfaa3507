package io.longline.api;

import io.longline.zeek.RowWriter;

/** An output of typed rows. Confined to the hook's call. */
public interface RowOutput {

  /**
   * Begins a row; the same object each time. The row counts when {@link RowWriter#end()} is called.
   */
  RowWriter row();
}
