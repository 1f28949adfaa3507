package io.longline.host.isolation.wire;

import io.longline.api.Window;
import io.longline.api.Windows;
import io.longline.host.ledger.WindowTask;
import io.longline.host.ledger.WindowTask.PartAt;
import io.longline.host.window.WindowRules;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** How windows are written in messages. Stateless. */
final class WindowValues {

  private WindowValues() {}

  static void windows(DataOutput out, WindowRules windows) throws IOException {
    Wire.list(out, windows.windows(), WindowValues::kind);
    out.writeInt(windows.partVersion());
  }

  static WindowRules windows(DataInput in) throws IOException {
    return new WindowRules(Wire.list(in, WindowValues::kind), in.readInt());
  }

  private static void kind(DataOutput out, Windows windows) throws IOException {
    var zone = windows.zone();
    Wire.optional(out, zone == null ? null : zone.getId(), Wire::text);
    Wire.duration(out, windows.size());
    Wire.duration(out, windows.every());
    Wire.duration(out, windows.lateness());
  }

  private static Windows kind(DataInput in) throws IOException {
    var zone = Wire.optional(in, Wire::text);
    var size = Wire.duration(in);
    var every = Wire.duration(in);
    var windows =
        zone != null
            ? Windows.days(ZoneId.of(zone))
            : size.isZero() ? Windows.wholeRun() : Windows.sliding(size, every);
    return windows.allowedLateness(Wire.duration(in));
  }

  static void task(DataOutput out, WindowTask task) throws IOException {
    Wire.text(out, task.window().name());
    instant(out, task.window().start());
    instant(out, task.window().end());
    out.writeLong(task.start());
    out.writeLong(task.end());
    out.writeLong(task.changes());
    Wire.list(out, task.parts(), WindowValues::part);
    Wire.list(out, task.outputs(), Wire::text);
  }

  static WindowTask task(DataInput in) throws IOException {
    return new WindowTask(
        new Window(Wire.text(in), instant(in), instant(in)),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        Wire.list(in, WindowValues::part),
        Wire.list(in, Wire::text));
  }

  private static void instant(DataOutput out, @Nullable Instant instant) throws IOException {
    Wire.optional(out, instant == null ? null : instant.toString(), Wire::text);
  }

  private static @Nullable Instant instant(DataInput in) throws IOException {
    var text = Wire.optional(in, Wire::text);
    return text == null ? null : Instant.parse(text);
  }

  private static void part(DataOutput out, PartAt part) throws IOException {
    Wire.text(out, part.file());
    out.writeLong(part.position());
    out.writeLong(part.length());
    out.writeLong(part.earliest());
    out.writeLong(part.latest());
    Wire.text(out, part.origin());
  }

  private static PartAt part(DataInput in) throws IOException {
    return new PartAt(
        Wire.text(in), in.readLong(), in.readLong(), in.readLong(), in.readLong(), Wire.text(in));
  }
}
