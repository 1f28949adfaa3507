package io.longline.host.isolation.wire;

import io.longline.api.HookWarning;
import io.longline.host.call.LogSighting;
import io.longline.host.event.Ending;
import io.longline.host.event.Ending.Blame;
import io.longline.host.output.OutputPart;
import io.longline.host.plugins.HookDescription;
import io.longline.host.plugins.PluginProblem;
import io.longline.zeek.HostAccess;
import io.longline.zeek.ReadReport;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;

/** A message from the process of a plugin to the host. Immutable. */
public sealed interface ProcessMessage extends Message {

  /**
   * The hooks are created.
   *
   * @param hooks the hooks
   * @param problems the problems of the plugin
   * @param badSettings the problems of its settings
   * @param secrets the texts of secrets among them
   */
  record Ready(
      List<HookDescription> hooks,
      List<PluginProblem> problems,
      List<String> badSettings,
      List<String> secrets)
      implements ProcessMessage {

    @Override
    public Kind kind() {
      return Kind.READY;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
      Wire.list(out, hooks, WireValues::hook);
      Wire.list(out, problems, WireValues::problem);
      Wire.list(out, badSettings, Wire::text);
      Wire.list(out, secrets, Wire::text);
    }

    static Ready readFrom(DataInput in) throws IOException {
      return new Ready(
          Wire.list(in, WireValues::hook),
          Wire.list(in, WireValues::problem),
          Wire.list(in, Wire::text),
          Wire.list(in, Wire::text));
    }
  }

  /**
   * A part of the output of a call.
   *
   * @param assignment the number of the call's assignment
   * @param hook the hook's id
   * @param part the part
   */
  record Written(long assignment, String hook, OutputPart part) implements ProcessMessage {

    @Override
    public Kind kind() {
      return Kind.WRITTEN;
    }

    @Override
    public int sizeAbout() {
      // Enough for a schema of about forty columns.
      return part.bytes().length + 2_048;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
      out.writeLong(assignment);
      Wire.text(out, hook);
      Wire.text(out, part.name());
      out.writeBoolean(part.isDaily());
      Wire.optional(out, part.day(), (to, day) -> to.writeLong(day.toEpochDay()));
      Wire.optional(out, part.schema(), (to, schema) -> HostAccess.writeSchema(schema, to));
      Wire.bytes(out, part.bytes());
    }

    static Written readFrom(DataInput in) throws IOException {
      return new Written(
          in.readLong(),
          Wire.text(in),
          new OutputPart(
              Wire.text(in),
              in.readBoolean(),
              Wire.optional(in, from -> LocalDate.ofEpochDay(from.readLong())),
              Wire.optional(in, HostAccess::readSchema),
              Wire.bytes(in)));
    }
  }

  /** A hook remarked on something. */
  record Remarked(HookWarning warning) implements ProcessMessage {

    @Override
    public Kind kind() {
      return Kind.REMARKED;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
      WireValues.warning(out, warning);
    }

    static Remarked readFrom(DataInput in) throws IOException {
      return new Remarked(WireValues.warning(in));
    }
  }

  /**
   * A log is damaged.
   *
   * @param report the damage that was found
   * @param hooks the ids of the hooks that read it together
   */
  record Damaged(ReadReport report, List<String> hooks) implements ProcessMessage {

    @Override
    public Kind kind() {
      return Kind.DAMAGED;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
      WireValues.report(out, report);
      Wire.list(out, hooks, Wire::text);
    }

    static Damaged readFrom(DataInput in) throws IOException {
      return new Damaged(WireValues.report(in), Wire.list(in, Wire::text));
    }
  }

  /**
   * A call has looked which of the logs that its hook requires the directory has.
   *
   * @param assignment the number of its assignment
   * @param hook the hook's id
   */
  record Sighted(long assignment, String hook, LogSighting sighting) implements ProcessMessage {

    @Override
    public Kind kind() {
      return Kind.SIGHTED;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
      out.writeLong(assignment);
      Wire.text(out, hook);
      Wire.list(out, sighting.present(), Wire::text);
      Wire.list(out, sighting.absent(), Wire::text);
      Wire.list(out, sighting.logs(), Wire::text);
    }

    static Sighted readFrom(DataInput in) throws IOException {
      return new Sighted(
          in.readLong(),
          Wire.text(in),
          new LogSighting(
              new TreeSet<>(Wire.list(in, Wire::text)),
              new TreeSet<>(Wire.list(in, Wire::text)),
              Wire.list(in, Wire::text)));
    }
  }

  /**
   * The ending of a call. Its output was sent before.
   *
   * @param assignment the number of its assignment
   * @param hook the hook's id
   * @param ending how it ended; never postponed, since only the host postpones calls
   */
  record Ended(long assignment, String hook, Ending ending) implements ProcessMessage {

    @Override
    public Kind kind() {
      return Kind.ENDED;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
      out.writeLong(assignment);
      Wire.text(out, hook);
      if (ending instanceof Ending.Failed failed) {
        out.writeBoolean(false);
        Wire.duration(out, failed.took());
        WireValues.warning(out, failed.warning());
        Wire.text(out, failed.blame().name());
      } else if (ending instanceof Ending.Succeeded succeeded) {
        out.writeBoolean(true);
        Wire.duration(out, succeeded.took());
      } else {
        throw new IOException("A call that was not made has no end to send.");
      }
    }

    static Ended readFrom(DataInput in) throws IOException {
      long assignment = in.readLong();
      var hook = Wire.text(in);
      boolean hasSucceeded = in.readBoolean();
      var took = Wire.duration(in);
      return new Ended(
          assignment,
          hook,
          hasSucceeded
              ? new Ending.Succeeded(took)
              : new Ending.Failed(WireValues.warning(in), Blame.valueOf(Wire.text(in)), took));
    }
  }

  /**
   * The endings of all calls of an assignment have been sent.
   *
   * @param assignment its number
   * @param hungIn the hook in which a thread of the process hangs, so that the process should get
   *     no more calls; empty if no thread hangs
   */
  record Over(long assignment, String hungIn) implements ProcessMessage {

    @Override
    public Kind kind() {
      return Kind.OVER;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
      out.writeLong(assignment);
      Wire.text(out, hungIn);
    }

    static Over readFrom(DataInput in) throws IOException {
      return new Over(in.readLong(), Wire.text(in));
    }
  }

  /** A sign of life, sent every second. */
  record Alive() implements ProcessMessage {

    @Override
    public Kind kind() {
      return Kind.ALIVE;
    }
  }
}
