package io.longline.host.call;

import io.longline.api.ExtractedFiles;
import io.longline.api.HookWarning;
import io.longline.api.Site;
import io.longline.host.event.Ending;
import io.longline.host.ledger.Claim;
import io.longline.host.ledger.WindowTask;
import io.longline.host.output.DescriptorShortage;
import io.longline.host.output.WindowFolder;
import io.longline.host.window.MergedWindow;
import io.longline.host.window.PartFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Opens calls, each with a context of its own, and ends them. Thread-safe. */
final class CallOpener {

  /** Where Zeek puts extracted files by default, in the directory it runs in. */
  private static final String ZEEK_EXTRACT_FOLDER = "extract_files";

  private final CallEnvironment environment;
  private final CallReports reports;
  private final DescriptorShortage shortage = new DescriptorShortage();

  CallOpener(CallEnvironment environment, CallReports reports) {
    this.environment = environment;
    this.reports = reports;
  }

  /** Opens the call of a hook of an assignment. */
  OpenCall open(OpenAssignment current, Call call, @Nullable Claim claim) {
    BooleanSupplier isCancelled =
        call.site() == Site.EXIT ? () -> false : environment.isCancelled();
    var context =
        new CallContext(
            call,
            environment.outputs().get(),
            extractedFiles(call.directory()),
            new Remarks(call, reports, environment.clock(), environment.secrets()),
            environment.clock(),
            isCancelled,
            environment.findings());
    var opened = new OpenCall(call, claim, context, environment.nanoTime(), this::failure);
    current.add(opened);
    return opened;
  }

  /** The facts of a window, merged from its parts. */
  MergedWindow facts(WindowTask window, CallContext context) throws IOException {
    var folder = Objects.requireNonNull(environment.windows(), "a window without a folder");
    var parts =
        window.parts().stream()
            .map(
                part ->
                    new PartFile(
                        WindowFolder.parts(folder, part.file()),
                        part.position(),
                        part.length(),
                        part.origin()))
            .toList();
    return MergedWindow.open(parts, window.start(), window.end(), context.outputs().folder());
  }

  EndedCall end(OpenAssignment current, OpenCall call) {
    current.remove(call);
    return call.end();
  }

  /** Ends a call that will be made again: nothing of it is kept. */
  void forget(OpenAssignment current, OpenCall call) {
    current.remove(call);
    call.forget();
  }

  /** A call that is not made, since its hook is paused. */
  EndedCall postponed(Call call, Claim claim) {
    return new EndedCall(call, claim, environment.outputs().get(), new Ending.Postponed());
  }

  private ExtractedFiles extractedFiles(@Nullable Path directory) {
    var extracted = environment.extracted();
    if (extracted != null) {
      return ExtractedFiles.in(extracted);
    }
    if (directory == null) {
      return ExtractedFiles.none();
    }
    var folder = directory.resolve(ZEEK_EXTRACT_FOLDER);
    return Files.isDirectory(folder) ? ExtractedFiles.in(folder) : ExtractedFiles.none();
  }

  private HookWarning failure(Call call, Throwable thrown) {
    shortage.look(thrown);
    var now = environment.clock().instant();
    var secrets = environment.secrets();
    try {
      var text = ThrownText.of(thrown, secrets::masked, PluginFrames.of(call.hook()));
      return call.failure(
          now, text.className(), secrets.masked(text.message()), secrets.masked(text.stackTrace()));
    } catch (Throwable second) {
      // Most likely memory is short; the hook's memory is free by now, so this small warning should
      // work.
      return call.failure(now, thrown.getClass().getName(), "It could not be described.", "");
    }
  }
}
