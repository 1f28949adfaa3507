package io.longline.host.files;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.Set;

/**
 * The users whose files are used in a folder: the one who runs the program, the superuser, and the
 * owner of the folder that somebody named, who could exchange everything in it anyway. Immutable.
 */
final class Owners {

  private final Set<UserPrincipal> users;

  private Owners(Set<UserPrincipal> users) {
    this.users = Set.copyOf(users);
  }

  /** The owners of what is in a folder. */
  static Owners in(UserPrincipal ownerOfFolder) throws IOException {
    var users = new HashSet<UserPrincipal>();
    users.add(me());
    users.add(superuser());
    users.add(ownerOfFolder);
    return new Owners(users);
  }

  /** Whether files of this user are used. */
  boolean trust(UserPrincipal user) {
    return users.contains(user);
  }

  /** The user who runs the program. */
  static UserPrincipal me() throws IOException {
    var self = Path.of("/proc/self");
    return Files.exists(self) ? Files.getOwner(self) : named(System.getProperty("user.name"));
  }

  /** The superuser. */
  static UserPrincipal superuser() throws IOException {
    // By number, since a small container has no list of names.
    return named("0");
  }

  private static UserPrincipal named(String name) throws IOException {
    return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name);
  }
}
