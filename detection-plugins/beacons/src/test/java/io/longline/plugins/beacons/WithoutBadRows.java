package io.longline.plugins.beacons;

import io.longline.api.HookContext;
import io.longline.api.Interest;
import io.longline.api.LogDirectory;
import io.longline.api.RecordHook;
import io.longline.api.RecordSink;
import io.longline.api.Window;
import io.longline.api.WindowFacts;
import io.longline.api.WindowHook;
import io.longline.api.Windows;
import io.longline.zeek.LogRecord;
import io.longline.zeek.ZeekFormatException;
import java.io.IOException;
import java.util.List;

/** The hook, which continues behind a row that it cannot read, as the host lets it do. */
final class WithoutBadRows implements RecordHook, WindowHook {

  private final Beacons beacons = new Beacons();

  @Override
  public Class<? extends Record> settings() {
    return beacons.settings();
  }

  @Override
  public Interest interest() {
    return beacons.interest();
  }

  @Override
  public List<Windows> windows() {
    return beacons.windows();
  }

  @Override
  public RecordSink open(LogDirectory logs, HookContext context) {
    var sink = beacons.open(logs, context);
    return new RecordSink() {
      @Override
      public void begin(String path) throws Exception {
        sink.begin(path);
      }

      @Override
      public void accept(LogRecord record) throws Exception {
        try {
          sink.accept(record);
        } catch (ZeekFormatException e) {
          // A bad line, which the host counts.
        }
      }

      @Override
      public void finish() throws Exception {
        sink.finish();
      }
    };
  }

  @Override
  public void close(Window window, WindowFacts facts, HookContext context) throws IOException {
    beacons.close(window, facts, context);
  }
}
