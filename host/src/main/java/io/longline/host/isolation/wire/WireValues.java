package io.longline.host.isolation.wire;

import io.longline.api.HookWarning;
import io.longline.api.Interest;
import io.longline.api.Site;
import io.longline.host.call.CallOptions;
import io.longline.host.plugins.HookDescription;
import io.longline.host.plugins.PluginProblem;
import io.longline.host.plugins.PluginProcesses.JarCopy;
import io.longline.zeek.ReadReport;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;

/** The encoding of values of the host and of the plugin API in messages. */
final class WireValues {

  private WireValues() {}

  static void jar(DataOutput out, JarCopy jar) throws IOException {
    Wire.path(out, jar.file());
    Wire.path(out, jar.content());
  }

  static JarCopy jar(DataInput in) throws IOException {
    return new JarCopy(Wire.path(in), Wire.path(in));
  }

  static void options(DataOutput out, CallOptions options) throws IOException {
    Wire.duration(out, options.timeout());
    out.writeInt(options.concurrency());
    Wire.text(out, options.outputFolder());
    Wire.optional(out, options.extracted(), Wire::path);
    Wire.text(out, options.zone());
    out.writeInt(options.workers());
  }

  static CallOptions options(DataInput in) throws IOException {
    return new CallOptions(
        Wire.duration(in),
        in.readInt(),
        Wire.text(in),
        Wire.optional(in, Wire::path),
        Wire.text(in),
        in.readInt());
  }

  static void problem(DataOutput out, PluginProblem problem) throws IOException {
    Wire.text(out, problem.code().name());
    Wire.path(out, problem.file());
    Wire.text(out, problem.plugin());
    Wire.text(out, problem.sentence());
    Wire.text(out, problem.remedy());
  }

  static PluginProblem problem(DataInput in) throws IOException {
    return new PluginProblem(
        PluginProblem.Code.valueOf(Wire.text(in)),
        Wire.path(in),
        Wire.text(in),
        Wire.text(in),
        Wire.text(in));
  }

  static void hook(DataOutput out, HookDescription hook) throws IOException {
    Wire.text(out, hook.id());
    Wire.text(out, hook.pluginId());
    Wire.text(out, hook.version());
    Wire.list(out, hook.sites(), (to, site) -> Wire.text(to, site.name()));
    out.writeInt(hook.maxConcurrency());
    var interest = hook.interest();
    Wire.list(out, interest == null ? List.of() : interest.logs(), WireValues::log);
    Wire.list(out, hook.settingKeys(), Wire::text);
  }

  static HookDescription hook(DataInput in) throws IOException {
    var id = Wire.text(in);
    var plugin = Wire.text(in);
    var version = Wire.text(in);
    var sites = EnumSet.noneOf(Site.class);
    sites.addAll(Wire.list(in, from -> Site.valueOf(Wire.text(from))));
    int maxConcurrency = in.readInt();
    var logs = Wire.list(in, WireValues::log);
    var keys = Wire.list(in, Wire::text);
    return new HookDescription(
        id,
        plugin,
        version,
        sites,
        maxConcurrency,
        logs.isEmpty() ? null : Interest.of(logs),
        keys);
  }

  private static void log(DataOutput out, Interest.Log log) throws IOException {
    Wire.text(out, log.path());
    Wire.list(out, log.fields(), Wire::text);
    out.writeBoolean(log.isInAnyOrder());
  }

  private static Interest.Log log(DataInput in) throws IOException {
    return new Interest.Log(Wire.text(in), Wire.list(in, Wire::text), in.readBoolean());
  }

  static void warning(DataOutput out, HookWarning warning) throws IOException {
    Wire.text(out, warning.instant().toString());
    Wire.text(out, warning.pluginId());
    Wire.text(out, warning.pluginVersion());
    Wire.text(out, warning.hook());
    Wire.text(out, warning.site().name());
    Wire.optional(out, warning.logDirectory(), Wire::path);
    out.writeInt(warning.attempt());
    Wire.text(out, warning.kind().name());
    Wire.optional(out, warning.errorClass(), Wire::text);
    Wire.text(out, warning.message());
    Wire.text(out, warning.stackTrace());
    Wire.text(out, warning.nextStep());
  }

  static HookWarning warning(DataInput in) throws IOException {
    return new HookWarning(
        Instant.parse(Wire.text(in)),
        Wire.text(in),
        Wire.text(in),
        Wire.text(in),
        Site.valueOf(Wire.text(in)),
        Wire.optional(in, Wire::path),
        in.readInt(),
        HookWarning.Kind.valueOf(Wire.text(in)),
        Wire.optional(in, Wire::text),
        Wire.text(in),
        Wire.text(in),
        Wire.text(in));
  }

  static void report(DataOutput out, ReadReport report) throws IOException {
    Wire.text(out, report.file());
    out.writeLong(report.rows());
    out.writeLong(report.badLines());
    out.writeLong(report.longRows());
    out.writeLong(report.blankLines());
    Wire.list(out, report.problems(), WireValues::problem);
    Wire.optional(out, report.damage(), Wire::text);
    out.writeBoolean(report.closed());
  }

  static ReadReport report(DataInput in) throws IOException {
    return new ReadReport(
        Wire.text(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        Wire.list(in, WireValues::lineProblem),
        Wire.optional(in, Wire::text),
        in.readBoolean());
  }

  private static void problem(DataOutput out, ReadReport.Problem problem) throws IOException {
    out.writeLong(problem.line());
    Wire.optional(out, problem.column(), Wire::text);
    Wire.text(out, problem.reason());
  }

  private static ReadReport.Problem lineProblem(DataInput in) throws IOException {
    return new ReadReport.Problem(in.readLong(), Wire.optional(in, Wire::text), Wire.text(in));
  }
}
