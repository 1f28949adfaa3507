package io.longline.plugins.indicators;

import java.util.Locale;

/**
 * URLs as the host and URI of a request make them: without a scheme, a fragment, and the port that
 * the scheme stands for; with a slash behind the host. Stateless.
 */
final class ComparableUrl {

  private ComparableUrl() {}

  /** The text of a URL, with or without a scheme, for comparison. */
  static String of(String url) {
    int scheme = schemeEnd(url);
    int start = scheme < 0 ? 0 : scheme + 3;
    int fragment = url.indexOf('#', start);
    var whole = fragment < 0 ? url.substring(start) : url.substring(start, fragment);
    int end = hostEnd(whole);
    boolean isSecure =
        scheme >= 0 && url.substring(0, scheme).toLowerCase(Locale.ROOT).equals("https");
    var host = withoutPort(whole.substring(0, end), isSecure ? ":443" : ":80");
    var rest = whole.substring(end);
    return host.isEmpty() ? "" : host + (rest.startsWith("/") ? "" : "/") + rest;
  }

  private static String withoutPort(String host, String port) {
    return host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
  }

  private static int hostEnd(String url) {
    int end = 0;
    while (end < url.length() && url.charAt(end) != '/' && url.charAt(end) != '?') {
      end++;
    }
    return end;
  }

  /** Where a scheme ends that a text starts with; -1 if there is none. */
  static int schemeEnd(String text) {
    int end = 0;
    while (end < text.length() && isOfScheme(text.charAt(end))) {
      end++;
    }
    return end > 0 && text.startsWith("://", end) ? end : -1;
  }

  /** Whether a character may be part of a scheme. */
  static boolean isOfScheme(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '-'
        || c == '.';
  }
}
