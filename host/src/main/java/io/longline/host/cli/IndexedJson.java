package io.longline.host.cli;

import io.longline.host.event.EventJson;
import io.longline.host.index.IndexedRelease;
import io.longline.host.plugins.ApiRequirement;
import org.jspecify.annotations.Nullable;

/** Plugins of an index as objects for scripts. */
final class IndexedJson {

  private IndexedJson() {}

  /**
   * A plugin.
   *
   * @param installed the version that is installed; null if none is
   */
  static String of(OpenIndexes.Found found, @Nullable String installed) {
    return EventJson.object(
        "indexed",
        out -> {
          var plugin = found.plugin();
          var signer = found.index().signer();
          out.writeStringField("index", found.index().name());
          out.writeStringField("signer", signer.isEmpty() ? null : signer);
          out.writeStringField("id", plugin.id());
          out.writeStringField("description", plugin.description());
          out.writeStringField("licence", plugin.licence());
          out.writeArrayFieldStart("sites");
          for (var site : plugin.sites()) {
            out.writeString(site);
          }
          out.writeEndArray();
          out.writeStringField("newest", plugin.newest().map(IndexedRelease::version).orElse(null));
          out.writeStringField("installed", installed);
          out.writeArrayFieldStart("releases");
          for (var release : plugin.releases()) {
            out.writeStartObject();
            out.writeStringField("version", release.version());
            out.writeStringField("date", release.date());
            out.writeStringField("url", release.url());
            out.writeStringField("sha256", release.sha256());
            out.writeNumberField("size", release.size());
            out.writeStringField("requires", release.requires());
            out.writeBooleanField("fits", ApiRequirement.isMetBy(release.requires()));
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }
}
