package io.longline.host.cli;

import io.longline.host.event.EventJson;
import io.longline.host.event.PrintableText;
import io.longline.host.trust.LockedPlugin;

/** Entries of plugins.lock, as commands print them. */
final class LockedText {

  private LockedText() {}

  /** A line for people. */
  static String line(LockedPlugin plugin) {
    return PrintableText.line(
        "%s %s, sha256 %s, %s%s"
            .formatted(
                plugin.id(),
                plugin.version(),
                plugin.sha256(),
                plugin.signer().isEmpty() ? "unsigned" : "signed by " + plugin.signer(),
                plugin.isPinned() ? ", pinned" : ""));
  }

  /** An object for scripts. */
  static String json(LockedPlugin plugin) {
    return EventJson.object(
        "locked",
        out -> {
          out.writeStringField("id", plugin.id());
          out.writeStringField("version", plugin.version());
          out.writeStringField("sha256", plugin.sha256());
          out.writeStringField("origin", plugin.origin().isEmpty() ? null : plugin.origin());
          out.writeStringField("signer", plugin.signer().isEmpty() ? null : plugin.signer());
          out.writeStringField("time", EventJson.time(plugin.time()));
          out.writeBooleanField("pinned", plugin.isPinned());
        });
  }
}
