package io.longline.host.isolation;

import io.longline.api.HookWarning;
import io.longline.api.Interest;
import io.longline.api.Site;
import io.longline.host.event.Ending;
import io.longline.host.event.Ending.Blame;
import io.longline.host.output.OutputPart;
import io.longline.host.plugins.HookDescription;
import io.longline.host.plugins.PluginProblem;
import io.longline.host.plugins.PluginProcesses.JarCopy;
import io.longline.host.settings.WrittenValue;
import io.longline.zeek.LogSchema;
import io.longline.zeek.ReadReport;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What host and worker say to each other; {@code docs/worker-protocol.md} describes it. A message
 * is a length, a number that says which it is, and its parts. Immutable.
 */
public sealed interface Message {

  /** Raised with every change of a message. */
  int VERSION = 2;

  /** Writes the parts. */
  void writeTo(DataOutput out) throws IOException;

  /** The number that says which message it is. */
  int type();

  /** About how many bytes it takes. */
  default int sizeAbout() {
    return 256;
  }

  /** Reads a message with this number. */
  static Message read(int type, DataInput in) throws IOException {
    return switch (type) {
      case 1 -> Hello.readFrom(in);
      case 2 -> Ready.readFrom(in);
      case 3 -> Assigned.readFrom(in);
      case 4 -> new Cancel();
      case 5 -> Written.readFrom(in);
      case 6 -> Remarked.readFrom(in);
      case 7 -> Damaged.readFrom(in);
      case 8 -> Ended.readFrom(in);
      case 9 -> Over.readFrom(in);
      case 10 -> new Alive();
      case 11 -> new Bye();
      default -> throw new IOException("There is no message with the number " + type + ".");
    };
  }

  /**
   * Host to worker, first: what to load, and how calls are made.
   *
   * @param version of the protocol
   * @param plugin the plugin's id
   * @param jars its jar, last, and before it those that it depends on
   * @param written what was written for the plugin's own settings
   * @param environment the variables that count for settings
   * @param options how calls are made
   * @param staging a folder for what calls write
   * @param loadLimit how long the hooks may take to be made
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
      implements Message {

    @Override
    public int type() {
      return 1;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
      out.writeInt(version);
      Wire.text(out, plugin);
      Wire.list(
          out,
          jars,
          (to, jar) -> {
            Wire.path(to, jar.file());
            Wire.path(to, jar.content());
          });
      Wire.list(
          out,
          written.entrySet(),
          (to, entry) -> {
            Wire.text(to, entry.getKey());
            entry.getValue().writeTo(to);
          });
      Wire.list(
          out,
          environment.entrySet(),
          (to, entry) -> {
            Wire.text(to, entry.getKey());
            Wire.text(to, entry.getValue());
          });
      options.writeTo(out);
      Wire.path(out, staging);
      Wire.duration(out, loadLimit);
    }

    static Hello readFrom(DataInput in) throws IOException {
      int version = in.readInt();
      if (version != VERSION) {
        throw new IOException(
            "The host speaks version "
                + version
                + " of the protocol, this worker "
                + VERSION
                + ".");
      }
      var plugin = Wire.text(in);
      var jars =
          Wire.list(
              in,
              from ->
                  new JarCopy(
                      Objects.requireNonNull(Wire.path(from)),
                      Objects.requireNonNull(Wire.path(from))));
      var written = new LinkedHashMap<String, WrittenValue>();
      Wire.list(in, from -> written.put(Wire.text(from), WrittenValue.readFrom(from)) == null);
      var environment = new LinkedHashMap<String, String>();
      Wire.list(in, from -> environment.put(Wire.text(from), Wire.text(from)) == null);
      return new Hello(
          version,
          plugin,
          jars,
          written,
          environment,
          CallOptions.readFrom(in),
          Objects.requireNonNull(Wire.path(in)),
          Wire.duration(in));
    }
  }

  /**
   * How calls are made.
   *
   * @param timeout how long a call may take
   * @param concurrency by how many threads at once, if a hook allows that
   * @param outputFolder where in the output folder outputs go; empty for the folder itself
   * @param extracted where Zeek put extracted files; null for a folder in each directory
   * @param zone what days go by
   * @param workers how many calls are made at once, at most
   */
  record CallOptions(
      Duration timeout,
      int concurrency,
      String outputFolder,
      @Nullable Path extracted,
      String zone,
      int workers) {

    void writeTo(DataOutput out) throws IOException {
      Wire.duration(out, timeout);
      out.writeInt(concurrency);
      Wire.text(out, outputFolder);
      Wire.path(out, extracted);
      Wire.text(out, zone);
      out.writeInt(workers);
    }

    static CallOptions readFrom(DataInput in) throws IOException {
      return new CallOptions(
          Wire.duration(in),
          in.readInt(),
          Wire.text(in),
          Wire.path(in),
          Wire.text(in),
          in.readInt());
    }
  }

  /**
   * Worker to host: the hooks are made.
   *
   * @param hooks the hooks
   * @param problems what is wrong with the plugin
   * @param badSettings what is wrong with its settings
   * @param secrets the texts of secrets among them
   */
  record Ready(
      List<HookDescription> hooks,
      List<PluginProblem> problems,
      List<String> badSettings,
      List<String> secrets)
      implements Message {

    @Override
    public int type() {
      return 2;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
      Wire.list(out, hooks, Ready::hook);
      Wire.list(
          out,
          problems,
          (to, problem) -> {
            Wire.text(to, problem.code().name());
            Wire.path(to, problem.file());
            Wire.text(to, problem.plugin());
            Wire.text(to, problem.sentence());
            Wire.text(to, problem.remedy());
          });
      Wire.list(out, badSettings, Wire::text);
      Wire.list(out, secrets, Wire::text);
    }

    private static void hook(DataOutput out, HookDescription hook) throws IOException {
      Wire.text(out, hook.id());
      Wire.text(out, hook.version());
      Wire.list(out, hook.sites(), (to, site) -> Wire.text(to, site.name()));
      out.writeInt(hook.maxConcurrency());
      var interest = hook.interest();
      Wire.list(
          out,
          interest == null ? List.<Interest.Log>of() : interest.logs(),
          (to, log) -> {
            Wire.text(to, log.path());
            Wire.list(to, log.fields(), Wire::text);
            to.writeBoolean(log.isInAnyOrder());
          });
      Wire.list(out, hook.settingKeys(), Wire::text);
    }

    private static HookDescription hook(DataInput in) throws IOException {
      var id = Wire.text(in);
      var version = Wire.text(in);
      var sites = EnumSet.noneOf(Site.class);
      Wire.list(in, from -> sites.add(Site.valueOf(Wire.text(from))));
      int maxConcurrency = in.readInt();
      var logs =
          Wire.list(
              in,
              from ->
                  new Interest.Log(
                      Wire.text(from), Wire.list(from, Wire::text), from.readBoolean()));
      var keys = Wire.list(in, Wire::text);
      return new HookDescription(
          id, version, sites, maxConcurrency, logs.isEmpty() ? null : Interest.of(logs), keys);
    }

    static Ready readFrom(DataInput in) throws IOException {
      return new Ready(
          Wire.list(in, Ready::hook),
          Wire.list(
              in,
              from ->
                  new PluginProblem(
                      PluginProblem.Code.valueOf(Wire.text(from)),
                      Objects.requireNonNull(Wire.path(from)),
                      Wire.text(from),
                      Wire.text(from),
                      Wire.text(from))),
          Wire.list(in, Wire::text),
          Wire.list(in, Wire::text));
    }
  }

  /**
   * One call of an assignment.
   *
   * @param id the hook's id
   * @param attempt the attempt number, starting at 1
   */
  record HookCall(String id, int attempt) {}

  /**
   * Host to worker: calls to be made together.
   *
   * @param number of the assignment; the answers have it too
   * @param calls the calls; those of several hooks share a scan
   * @param batch the number of the batch; 0 at EXIT
   * @param directory the batch's directory; null at EXIT
   * @param generation which batch of the directory it is
   * @param names the names of the batch's logs
   */
  record Assigned(
      long number,
      List<HookCall> calls,
      long batch,
      @Nullable Path directory,
      int generation,
      List<String> names)
      implements Message {

    @Override
    public int type() {
      return 3;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
      out.writeLong(number);
      Wire.list(
          out,
          calls,
          (to, call) -> {
            Wire.text(to, call.id());
            to.writeInt(call.attempt());
          });
      out.writeLong(batch);
      Wire.path(out, directory);
      out.writeInt(generation);
      Wire.list(out, names, Wire::text);
    }

    static Assigned readFrom(DataInput in) throws IOException {
      return new Assigned(
          in.readLong(),
          Wire.list(in, from -> new HookCall(Wire.text(from), from.readInt())),
          in.readLong(),
          Wire.path(in),
          in.readInt(),
          Wire.list(in, Wire::text));
    }
  }

  /** Host to worker: what runs should end soon. */
  record Cancel() implements Message {
    @Override
    public int type() {
      return 4;
    }

    @Override
    public void writeTo(DataOutput out) {}
  }

  /**
   * Worker to host: some of what a call wrote.
   *
   * @param assignment the number of the call's assignment
   * @param hook the hook's id
   * @param part what it wrote
   */
  record Written(long assignment, String hook, OutputPart part) implements Message {
    @Override
    public int type() {
      return 5;
    }

    @Override
    public int sizeAbout() {
      // With a schema of some forty columns.
      return part.bytes().length + 2_048;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
      out.writeLong(assignment);
      Wire.text(out, hook);
      Wire.text(out, part.name());
      out.writeBoolean(part.isDaily());
      Wire.optional(out, part.schema(), (to, schema) -> schema.writeTo(to));
      Wire.bytes(out, part.bytes());
    }

    static Written readFrom(DataInput in) throws IOException {
      return new Written(
          in.readLong(),
          Wire.text(in),
          new OutputPart(
              Wire.text(in),
              in.readBoolean(),
              Wire.optional(in, LogSchema::readFrom),
              Wire.bytes(in)));
    }
  }

  /** Worker to host: a hook remarked on something. */
  record Remarked(HookWarning warning) implements Message {
    @Override
    public int type() {
      return 6;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
      writeWarning(out, warning);
    }

    static Remarked readFrom(DataInput in) throws IOException {
      return new Remarked(readWarning(in));
    }
  }

  /** Worker to host: a log is damaged. */
  record Damaged(ReadReport report, List<String> hooks) implements Message {
    @Override
    public int type() {
      return 7;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
      Wire.text(out, report.file());
      out.writeLong(report.rows());
      out.writeLong(report.badLines());
      out.writeLong(report.longRows());
      out.writeLong(report.blankLines());
      Wire.list(
          out,
          report.problems(),
          (to, problem) -> {
            to.writeLong(problem.line());
            Wire.optional(to, problem.column(), Wire::text);
            Wire.text(to, problem.reason());
          });
      Wire.optional(out, report.damage(), Wire::text);
      out.writeBoolean(report.closed());
      Wire.list(out, hooks, Wire::text);
    }

    static Damaged readFrom(DataInput in) throws IOException {
      return new Damaged(
          new ReadReport(
              Wire.text(in),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              Wire.list(
                  in,
                  from ->
                      new ReadReport.Problem(
                          from.readLong(), Wire.optional(from, Wire::text), Wire.text(from))),
              Wire.optional(in, Wire::text),
              in.readBoolean()),
          Wire.list(in, Wire::text));
    }
  }

  /**
   * Worker to host: how a call ended. What it wrote was sent before.
   *
   * @param assignment the number of its assignment
   * @param hook the hook's id
   * @param ending how it ended; never postponed, which the host decides
   */
  record Ended(long assignment, String hook, Ending ending) implements Message {

    @Override
    public int type() {
      return 8;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
      out.writeLong(assignment);
      Wire.text(out, hook);
      if (ending instanceof Ending.Failed failed) {
        out.writeBoolean(false);
        Wire.duration(out, failed.took());
        writeWarning(out, failed.warning());
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
              : new Ending.Failed(readWarning(in), Blame.valueOf(Wire.text(in)), took));
    }
  }

  /**
   * Worker to host: the ends of all calls of an assignment were sent.
   *
   * @param assignment its number
   * @param hungIn the hook in which a thread of the worker hangs, so that no more calls should go
   *     to it; empty if none does
   */
  record Over(long assignment, String hungIn) implements Message {
    @Override
    public int type() {
      return 9;
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

  /** Worker to host, every second: it is there. */
  record Alive() implements Message {
    @Override
    public int type() {
      return 10;
    }

    @Override
    public void writeTo(DataOutput out) {}
  }

  /** Host to worker, last: end in an orderly way. */
  record Bye() implements Message {
    @Override
    public int type() {
      return 11;
    }

    @Override
    public void writeTo(DataOutput out) {}
  }

  private static void writeWarning(DataOutput out, HookWarning warning) throws IOException {
    Wire.text(out, warning.instant().toString());
    Wire.text(out, warning.pluginId());
    Wire.text(out, warning.pluginVersion());
    Wire.text(out, warning.hook());
    Wire.text(out, warning.site().name());
    Wire.path(out, warning.logDirectory());
    out.writeInt(warning.attempt());
    Wire.text(out, warning.kind().name());
    Wire.optional(out, warning.errorClass(), Wire::text);
    Wire.text(out, warning.message());
    Wire.text(out, warning.stackTrace());
    Wire.text(out, warning.nextStep());
  }

  private static HookWarning readWarning(DataInput in) throws IOException {
    return new HookWarning(
        Instant.parse(Wire.text(in)),
        Wire.text(in),
        Wire.text(in),
        Wire.text(in),
        Site.valueOf(Wire.text(in)),
        Wire.path(in),
        in.readInt(),
        HookWarning.Kind.valueOf(Wire.text(in)),
        Wire.optional(in, Wire::text),
        Wire.text(in),
        Wire.text(in),
        Wire.text(in));
  }
}
