package io.longline.plugins.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The URL of a request, built from the columns of {@code http.log}. */
final class RequestUrl {

  static final int HTTP_PORT = 80;

  private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");
  private static final Pattern HAS_PORT = Pattern.compile("(\\[.*]|[^:]*):\\d+");

  private RequestUrl() {}

  /**
   * The URL; null if the URI is unset, or both host and server are.
   *
   * @param host the Host header
   * @param server the server's address
   * @param port the server's port, left out when 80
   * @param uri the URI of the request; an absolute one stays as it is
   */
  static @Nullable String of(
      @Nullable String host, @Nullable String server, int port, @Nullable String uri) {
    if (uri == null || (uri.indexOf("://") > 0 && ABSOLUTE.matcher(uri).matches())) {
      return uri;
    }
    var name = host == null || host.isEmpty() ? server : host;
    if (name == null) {
      return null;
    }
    var url = new StringBuilder("http://").append(bracketed(name));
    if (port != HTTP_PORT && !HAS_PORT.matcher(name).matches()) {
      url.append(':').append(port);
    }
    return url.append(uri.startsWith("/") ? "" : "/").append(uri).toString();
  }

  private static String bracketed(String name) {
    boolean isIpv6 = name.indexOf(':') != name.lastIndexOf(':') && !name.startsWith("[");
    return isIpv6 ? "[" + name + "]" : name;
  }
}
