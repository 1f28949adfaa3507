package io.longline.host.project;

import io.longline.api.ApiVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The Maven repository, a folder, from which the projects of plugins get plugin-api. The build
 * makes it ({@code src/build/author-repository}); it is in the home of the launcher. Immutable.
 *
 * @param folder the folder, absolute
 * @param apiVersion the version of plugin-api in it, as Maven writes it
 */
public record AuthorRepository(Path folder, String apiVersion) {

  /** Where it is in an installed Longline, and in a checkout. */
  private static final List<String> PLACES = List.of("repository", "host/target/repository");

  /**
   * Finds the repository.
   *
   * @param home the folder of the launcher
   * @throws ProjectException if it is not there, or has no plugin-api of this program's version
   */
  public static AuthorRepository in(Path home) throws ProjectException {
    var base = home.toAbsolutePath().normalize();
    for (var place : PLACES) {
      var folder = base.resolve(place);
      for (var version : List.of(ApiVersion.current(), ApiVersion.current() + "-SNAPSHOT")) {
        if (Files.isDirectory(folder.resolve("io/longline/plugin-api").resolve(version))) {
          return new AuthorRepository(folder, version);
        }
      }
    }
    throw new ProjectException(
        "There is no Maven repository with plugin-api %s in %s, neither as %s. Start Longline with its launcher (longline), which knows where that is; in a checkout the build makes the repository."
            .formatted(ApiVersion.current(), base, String.join(" nor as ", PLACES)));
  }

  /**
   * Its URL as Maven 3 understands it: letters beyond ASCII stand as they are, since Maven decodes
   * each escaped byte as a letter of its own.
   */
  public String url() {
    var url = new StringBuilder("file://");
    folder
        .toString()
        .chars()
        .forEach(
            each -> {
              if (each <= ' ' || "%#?$\"<>&'".indexOf(each) >= 0) {
                url.append("%%%02X".formatted(each));
              } else {
                url.append((char) each);
              }
            });
    return url.toString();
  }
}
