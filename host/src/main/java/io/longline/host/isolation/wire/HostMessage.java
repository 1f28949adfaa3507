package io.longline.host.isolation.wire;

import io.longline.host.call.CallOptions;
import io.longline.host.ledger.WindowTask;
import io.longline.host.plugins.PluginProcesses.JarCopy;
import io.longline.host.settings.WrittenValue;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message from the host to the process of a plugin. Immutable. */
public sealed interface HostMessage extends Message {

  /**
   * The first message: what to load, and how calls are made.
   *
   * @param version the version of the protocol
   * @param plugin the plugin's id
   * @param jars its jar, last, preceded by the jars that it depends on
   * @param written the plugin's own settings, as they were written
   * @param environment the variables that count for settings
   * @param options how calls are made
   * @param staging a folder for the output of calls
   * @param loadLimit how long making the hooks may take
   */
  record Hello(
      int version,
      String plugin,
      List<JarCopy> jars,
      Map<String, WrittenValue> written,
      Map<String, String> environment,
      CallOptions options,
      Path staging,
      Duration loadLimit)
      implements HostMessage {

    @Override
    public Kind kind() {
      return Kind.HELLO;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
      out.writeInt(version);
      Wire.text(out, plugin);
      Wire.list(out, jars, WireValues::jar);
      Wire.map(out, written, (to, value) -> value.writeTo(to));
      Wire.map(out, environment, Wire::text);
      WireValues.options(out, options);
      Wire.path(out, staging);
      Wire.duration(out, loadLimit);
    }

    static Hello readFrom(DataInput in) throws IOException {
      int version = in.readInt();
      if (version != VERSION) {
        throw new IOException(
            "The host speaks version "
                + version
                + " of the protocol, this process version "
                + VERSION
                + ".");
      }
      return new Hello(
          version,
          Wire.text(in),
          Wire.list(in, WireValues::jar),
          Wire.map(in, WrittenValue::readFrom),
          Wire.map(in, Wire::text),
          WireValues.options(in),
          Wire.path(in),
          Wire.duration(in));
    }
  }

  /**
   * One call of an assignment.
   *
   * @param hook the hook's id
   * @param attempt the attempt number, starting at 1
   */
  record AssignedCall(String hook, int attempt) {}

  /**
   * Calls to be made together.
   *
   * @param number the number of the assignment; the answers have it too
   * @param calls the calls; those of several hooks share a scan
   * @param batch the number of the batch; 0 at EXIT
   * @param directory the batch's directory; null at EXIT
   * @param generation the number of the batch within the directory
   * @param names the names of the batch's logs
   * @param window the window that the call is for; null for other calls
   */
  record Assigned(
      long number,
      List<AssignedCall> calls,
      long batch,
      @Nullable Path directory,
      int generation,
      List<String> names,
      @Nullable WindowTask window)
      implements HostMessage {

    /** Calls that are not for a window. */
    public Assigned(
        long number,
        List<AssignedCall> calls,
        long batch,
        @Nullable Path directory,
        int generation,
        List<String> names) {
      this(number, calls, batch, directory, generation, names, null);
    }

    @Override
    public Kind kind() {
      return Kind.ASSIGNED;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
      out.writeLong(number);
      Wire.list(
          out,
          calls,
          (to, call) -> {
            Wire.text(to, call.hook());
            to.writeInt(call.attempt());
          });
      out.writeLong(batch);
      Wire.optional(out, directory, Wire::path);
      out.writeInt(generation);
      Wire.list(out, names, Wire::text);
      Wire.optional(out, window, WindowValues::task);
    }

    static Assigned readFrom(DataInput in) throws IOException {
      return new Assigned(
          in.readLong(),
          Wire.list(in, from -> new AssignedCall(Wire.text(from), from.readInt())),
          in.readLong(),
          Wire.optional(in, Wire::path),
          in.readInt(),
          Wire.list(in, Wire::text),
          Wire.optional(in, WindowValues::task));
    }
  }

  /** Asks the calls that are being made to end soon. */
  record Cancel() implements HostMessage {

    @Override
    public Kind kind() {
      return Kind.CANCEL;
    }
  }

  /** The last message: end in an orderly way. */
  record Bye() implements HostMessage {

    @Override
    public Kind kind() {
      return Kind.BYE;
    }
  }
}
