package io.longline.host.plugins;

import io.longline.host.plugins.PluginProblem.Code;
import io.longline.host.trust.FolderTrust;
import io.longline.host.trust.JarTrust;
import io.longline.host.trust.Signing;
import io.longline.host.trust.TrustPolicy;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a jar may be loaded, by its hash and its signature, before any of it runs.
 * Immutable.
 *
 * @param folder the plugins folder, for commands that people can paste
 * @param trust its policy, lock and keys
 */
public record TrustCheck(Path folder, FolderTrust trust) {

  private static final String RECORD_IT =
      "Install it again, or if this is the jar that you want, record it in plugins.lock.";

  /**
   * Why a jar is not loaded, or what is worth a note; null if there is nothing.
   *
   * @param jar what it says about itself; its content is what is checked and then loaded
   */
  @Nullable PluginProblem problem(PluginJar jar) {
    try {
      return switch (trust.policy()) {
        case ANY -> remark(jar);
        case PINNED -> ofLock(jar, FolderTrust.sha256(jar.content()));
        case SIGNED -> ofSignature(jar, trust.signing(jar.file(), jar.content()));
      };
    } catch (IOException e) {
      return jar.problem(
          trust.policy() == TrustPolicy.PINNED ? Code.NOT_PINNED : Code.BAD_SIGNATURE,
          "The jar or its signature cannot be read: " + e.getMessage() + ".",
          "Give the host access to the jar and to the file beside it that ends in .minisig.");
    }
  }

  /**
   * Why a jar must not be installed; null if nothing speaks against it. Its signature is beside its
   * content. Whatever the policy is, a signature that a trusted key contradicts is one.
   */
  @Nullable PluginProblem problemBeforeInstall(PluginJar jar) {
    try {
      var signing = trust.signing(jar.content(), jar.content());
      boolean isContradicted =
          !trust.keys().isEmpty()
              && (signing.state() == Signing.State.BROKEN
                  || signing.state() == Signing.State.REVOKED);
      return trust.policy() == TrustPolicy.SIGNED || isContradicted
          ? ofSignature(jar, signing)
          : null;
    } catch (IOException e) {
      return jar.problem(
          Code.BAD_SIGNATURE,
          "The jar or its signature cannot be read: " + e.getMessage() + ".",
          "Make both readable.");
    }
  }

  /** Reads the jar only if there is something to compare it with. */
  private @Nullable PluginProblem remark(PluginJar jar) throws IOException {
    if (trust.lock().of(jar.id()).isEmpty()) {
      return null;
    }
    var hash = FolderTrust.sha256(jar.content());
    return trust.standing(jar.id(), hash) == JarTrust.Lock.LOCKED
        ? null
        : changed(jar, hash, Code.DIFFERS_FROM_LOCK);
  }

  private @Nullable PluginProblem ofLock(PluginJar jar, String hash) {
    return switch (trust.standing(jar.id(), hash)) {
      case LOCKED -> null;
      case NOT_LOCKED ->
          jar.problem(
              Code.NOT_PINNED,
              "The plugin is not in plugins.lock, and plugins.trust is \"pinned\".",
              RECORD_IT);
      case CHANGED ->
          trust.lockedVersion(jar.id()).equals(jar.version())
              ? changed(jar, hash, Code.CHANGED_SINCE_INSTALL)
              : jar.problem(
                  Code.NOT_PINNED,
                  "plugins.lock has version %s of the plugin, and this is version %s."
                      .formatted(trust.lockedVersion(jar.id()), jar.version()),
                  RECORD_IT);
    };
  }

  private PluginProblem changed(PluginJar jar, String hash, Code code) {
    return jar.problem(
        code,
        "The jar is not the one that was installed: its hash is %s…, and plugins.lock has another."
            .formatted(hash.substring(0, 12)),
        RECORD_IT);
  }

  private static @Nullable PluginProblem ofSignature(PluginJar jar, Signing signing) {
    var signature = jar.file().getFileName() + ".minisig";
    return switch (signing.state()) {
      case VALID -> null;
      case UNSIGNED ->
          jar.problem(
              Code.NOT_SIGNED,
              "The jar is not signed: there is no %s beside it, and plugins.trust is \"signed\"."
                  .formatted(signature),
              "Put its signature there, or install the plugin again from where it is signed.");
      case BROKEN ->
          jar.problem(
              Code.BAD_SIGNATURE,
              "The signature %s is not one of this jar: %s.".formatted(signature, signing.why()),
              "Do not use the jar; get it and its signature again from who makes the plugin.");
      case UNKNOWN_SIGNER ->
          jar.problem(
              Code.UNKNOWN_SIGNER,
              "The jar is signed with the key %s, which is not among the trusted keys."
                  .formatted(signing.signer()),
              "If you trust its owner, put the public key into the folder of plugins.keys as a file that ends in .pub.");
      case REVOKED ->
          jar.problem(
              Code.REVOKED_KEY,
              "The jar is signed with the key %s, which was revoked.".formatted(signing.signer()),
              "Install a version that is signed with another key.");
    };
  }
}
