package io.longline.host.configuration;

import io.longline.host.settings.SettingReader;
import io.longline.host.trust.PluginTrust;
import io.longline.host.trust.TrustPolicy;

/** Reads which jars of plugins are loaded. */
public final class TrustSettings {

  private TrustSettings() {}

  /**
   * What the settings say. With a wrong policy, which is reported, nothing is loaded that is not
   * signed.
   */
  public static PluginTrust read(SettingReader reader) {
    var policy = reader.get(DeclaredSettings.TRUST, TrustPolicy.SIGNED);
    var keys = reader.find(DeclaredSettings.KEYS);
    if (policy == TrustPolicy.SIGNED && keys == null) {
      reader.problem(
          "plugins.trust is \"signed\", and plugins.keys is missing; name the folder that has the public keys of those whom you trust.");
    }
    return new PluginTrust(policy, keys);
  }
}
