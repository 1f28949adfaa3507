package io.longline.host.isolation.wire;

import io.longline.api.HookWarning;
import io.longline.api.Interest;
import io.longline.api.Site;
import io.longline.host.call.CallOptions;
import io.longline.host.plugins.HookDescription;
import io.longline.host.plugins.PluginProblem;
import io.longline.host.plugins.PluginProcesses.JarCopy;
import io.longline.zeek.ReadReport;
import io.longline.zeek.WantedField;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The encoding of values of the host and of the plugin API in messages. */
final class WireValues {

  /** The number of characters of a message; the process makes them shorter than that. */
  private static final int MAX_MESSAGE = 10_000;

  /** The number of characters of a stack trace. */
  private static final int MAX_TRACE = 1_000_000;

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
    Wire.optional(out, options.windows(), Wire::path);
    out.writeBoolean(options.isFindingsJson());
  }

  static CallOptions options(DataInput in) throws IOException {
    return new CallOptions(
        Wire.duration(in),
        in.readInt(),
        Wire.text(in),
        Wire.optional(in, Wire::path),
        Wire.text(in),
        in.readInt(),
        Wire.optional(in, Wire::path),
        in.readBoolean());
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
    Wire.text(out, interest == null || interest.whyNone() == null ? "" : interest.whyNone());
    Wire.list(out, hook.settingKeys(), Wire::text);
    Wire.optional(out, hook.windows(), WindowValues::windows);
  }

  static HookDescription hook(DataInput in) throws IOException {
    var id = Wire.text(in);
    var plugin = Wire.text(in);
    var version = Wire.text(in);
    var sites = EnumSet.noneOf(Site.class);
    sites.addAll(Wire.list(in, from -> Site.valueOf(Wire.text(from))));
    int maxConcurrency = in.readInt();
    var logs = interest(in);
    var whyNone = Wire.text(in);
    var interest = whyNone.isEmpty() ? logs : Interest.none(whyNone);
    var keys = Wire.list(in, Wire::text);
    var windows = Wire.optional(in, WindowValues::windows);
    return new HookDescription(id, plugin, version, sites, maxConcurrency, interest, keys, windows);
  }

  private static void log(DataOutput out, Interest.Log log) throws IOException {
    Wire.text(out, log.path());
    Wire.list(out, log.fields(), WireValues::field);
    out.writeBoolean(log.isInAnyOrder());
    out.writeBoolean(log.isOptional());
  }

  /** An interest; null for none, which has no log. */
  private static @Nullable Interest interest(DataInput in) throws IOException {
    Interest interest = null;
    for (int left = Wire.count(in); left > 0; left--) {
      var path = Wire.text(in);
      interest = interest == null ? Interest.in(path) : interest.andIn(path);
      interest = interest.fields(Wire.list(in, WireValues::wantedField));
      interest = in.readBoolean() ? interest.inAnyOrder() : interest;
      interest = in.readBoolean() ? interest.ifPresent() : interest;
    }
    return interest;
  }

  private static void field(DataOutput out, WantedField field) throws IOException {
    Wire.text(out, field.name());
    Wire.list(out, field.otherNames(), Wire::text);
    out.writeBoolean(field.isOptional());
  }

  private static WantedField wantedField(DataInput in) throws IOException {
    var name = Wire.text(in);
    var others = Wire.list(in, Wire::text);
    var field = in.readBoolean() ? WantedField.optional(name) : WantedField.required(name);
    return field.orNamed(others);
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
    Wire.optional(out, warning.window(), Wire::text);
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
        Wire.optional(in, from -> bounded(from, MAX_MESSAGE)),
        bounded(in, MAX_MESSAGE),
        bounded(in, MAX_TRACE),
        bounded(in, MAX_MESSAGE),
        Wire.optional(in, Wire::text));
  }

  /** A text of a warning; the process cuts longer ones, and who sends them nevertheless is cut. */
  private static String bounded(DataInput in, int most) throws IOException {
    var text = Wire.text(in);
    return text.length() <= most ? text : text.substring(0, most) + "…";
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
    out.writeLong(report.rejectedRows());
    Wire.list(out, report.missingFields(), WireValues::missingField);
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
        in.readBoolean(),
        in.readLong(),
        Wire.list(in, WireValues::missingField));
  }

  private static void missingField(DataOutput out, ReadReport.MissingField field)
      throws IOException {
    Wire.text(out, field.name());
    Wire.optional(out, field.nearest(), Wire::text);
  }

  private static ReadReport.MissingField missingField(DataInput in) throws IOException {
    return new ReadReport.MissingField(Wire.text(in), Wire.optional(in, Wire::text));
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
