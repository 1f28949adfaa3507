package io.longline.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.longline.host.plugins.StagedJar;
import io.longline.host.trust.FolderTrust;
import io.longline.host.trust.JarTrust;
import io.longline.host.trust.TrustPolicy;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What commands show of where a jar comes from. Immutable. */
final class ShownTrust {

  private final @Nullable JarTrust known;

  private ShownTrust(@Nullable JarTrust known) {
    this.known = known;
  }

  /** What is known of a jar; nothing if it cannot be read. */
  static ShownTrust of(FolderTrust trust, Path jar, String id) {
    if (!StagedJar.isWorth(jar)) {
      return new ShownTrust(null);
    }
    try {
      return new ShownTrust(trust.of(jar, jar, id));
    } catch (IOException e) {
      return new ShownTrust(null);
    }
  }

  /** Whether people want to see it: there is something that jars are compared with. */
  static boolean isWorthShowing(FolderTrust trust) {
    return trust.policy() != TrustPolicy.ANY || !trust.lock().isEmpty() || !trust.keys().isEmpty();
  }

  /** A few words. */
  String text() {
    return known == null ? "-" : lock(known) + ", " + signature(known);
  }

  private static String lock(JarTrust known) {
    return switch (known.lock()) {
      case LOCKED -> "as installed";
      case NOT_LOCKED -> "not in the lock";
      case CHANGED -> "not as installed";
    };
  }

  private static String signature(JarTrust known) {
    var signing = known.signing();
    return switch (signing.state()) {
      case UNSIGNED -> "unsigned";
      case VALID -> "signed by " + signing.signer();
      case BROKEN -> "bad signature";
      case UNKNOWN_SIGNER -> "signed by unknown " + signing.signer();
      case REVOKED -> "signed by revoked " + signing.signer();
    };
  }

  /** Writes the member {@code trust}: an object, or null. */
  void writeTo(JsonGenerator out) throws IOException {
    if (known == null) {
      out.writeNullField("trust");
      return;
    }
    var signer = known.signing().signer();
    out.writeObjectFieldStart("trust");
    out.writeStringField("sha256", known.sha256());
    out.writeStringField("lock", known.lock().name());
    out.writeStringField("signature", known.signing().state().name());
    out.writeStringField("signer", signer.isEmpty() ? null : signer);
    out.writeEndObject();
  }
}
