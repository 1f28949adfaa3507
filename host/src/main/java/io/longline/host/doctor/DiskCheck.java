package io.longline.host.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Whether a folder is on a kind of disk that suits it. Immutable.
 *
 * @param folder the folder
 * @param table {@code /proc/self/mountinfo}
 */
record DiskCheck(CheckedFolder folder, Path table) implements Check {

  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

  /** Those for which a type begins like this are on other machines. */
  private static final List<String> ON_NETWORK =
      List.of(
          "nfs",
          "cifs",
          "smb",
          "afs",
          "9p",
          "fuse.sshfs",
          "ceph",
          "fuse.ceph",
          "glusterfs",
          "fuse.glusterfs",
          "fuse.s3fs",
          "lustre",
          "beegfs");

  @Override
  public String name() {
    return folder.check("disk");
  }

  @Override
  public List<Diagnosis> make() {
    var path = folder.nearest();
    if (path == null) {
      return List.of();
    }
    try {
      var mount = MountTable.read(table).of(path);
      return mount == null ? List.of() : List.of(rated(mount));
    } catch (IOException e) {
      return List.of(Diagnosis.ok(name(), "not known on this system"));
    }
  }

  private Diagnosis rated(MountTable.Mount mount) {
    var use = folder.use();
    var found = "%s on %s, at %s".formatted(mount.type(), mount.source(), mount.point());
    var another = "Name a folder on another disk in " + use.setting() + ".";
    if (use.isWritten() && mount.options().contains("ro")) {
      return Diagnosis.fault(name(), found + ", for reading only", another);
    }
    if (use == CheckedFolder.Use.STATE && mount.options().contains("noexec")) {
      return Diagnosis.fault(
          name(), found + ", with noexec: the library of SQLite cannot be loaded", another);
    }
    if (use == CheckedFolder.Use.TEMPORARY && mount.options().contains("noexec")) {
      return Diagnosis.warning(
          name(), found + ", with noexec: logs that zstd has compressed cannot be read", another);
    }
    if (ON_NETWORK.stream().anyMatch(mount.type()::startsWith)) {
      return onNetwork(found, another);
    }
    if (IN_MEMORY.contains(mount.type()) && use != CheckedFolder.Use.TEMPORARY) {
      return Diagnosis.warning(
          name(), found + ": in memory, and lost with the next start of the machine", another);
    }
    if (mount.type().equals("overlay") && use.isMade()) {
      return Diagnosis.warning(
          name(),
          found + ": in the container, and lost with it",
          "Mount a volume, and name it in " + use.setting() + ".");
    }
    return Diagnosis.ok(name(), found);
  }

  private Diagnosis onNetwork(String found, String another) {
    return switch (folder.use()) {
      case STATE ->
          Diagnosis.fault(
              name(),
              found + ": SQLite loses data on a network file system",
              "Name a folder on a local disk in "
                  + folder.use().setting()
                  + ", or a PostgreSQL server in the setting ledger.");
      case OUTPUT, TEMPORARY ->
          Diagnosis.warning(
              name(), found + ": a host waits whenever the network or its server does", another);
      case PLUGINS -> Diagnosis.ok(name(), found);
    };
  }
}
