package io.longline.host.index;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A folder on a web server, read by https; by http only from this machine. Immutable.
 *
 * @param base its address, which ends in a slash
 */
record WebPlace(URI base) implements Place {

  private static final int MAX_REDIRECTS = 5;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /** For a whole file; a jar of 1 GB needs 1.7 MB in a second. */
  private static final Duration WHOLE = Duration.ofMinutes(10);

  /** Keeps connections for the next file. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * Checks an address.
   *
   * @throws IndexException if files must not be read from there
   */
  static URI checked(URI uri) throws IndexException {
    boolean isAllowed =
        "https".equals(uri.getScheme())
            || "http".equals(uri.getScheme())
                && THIS_MACHINE.contains(String.valueOf(uri.getHost()));
    if (!isAllowed || uri.getHost() == null) {
      throw new IndexException(
          shown(uri) + " is not an https address, and nothing is read from it.");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IndexException(shown(uri) + " has a name or a password in it; leave that out.");
    }
    return uri;
  }

  /** An address without what may be secret in it. */
  private static String shown(URI uri) {
    var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
  }

  @Override
  public void read(String file, long limit, OutputStream out) throws IOException {
    var uri = base.resolve(file);
    for (int redirects = 0; ; redirects++) {
      var response = send(uri, limit, out);
      int status = response.statusCode();
      if (status == 200) {
        return;
      }
      if (status == NOT_FOUND || status == GONE) {
        throw new NoSuchFileException(shown(uri));
      }
      var next = response.headers().firstValue("Location");
      if (!REDIRECTS.contains(status) || next.isEmpty()) {
        throw new IOException(shown(uri) + " was answered with the status " + status);
      }
      if (redirects == MAX_REDIRECTS) {
        throw new IOException(
            "%s leads on more than %d times".formatted(shown(uri), MAX_REDIRECTS));
      }
      uri = redirected(uri, next.get());
    }
  }

  /** Where a redirect leads: it must not leave https, nor come to this machine from elsewhere. */
  private static URI redirected(URI from, String location) throws IOException {
    try {
      var to = checked(from.resolve(location));
      if (!to.getScheme().equals(from.getScheme())) {
        throw new IOException(shown(from) + " leads to another scheme, " + shown(to));
      }
      return to;
    } catch (IllegalArgumentException e) {
      throw new IOException(shown(from) + " leads to what is no address", e);
    }
  }

  private static HttpResponse<Void> send(URI uri, long limit, OutputStream out) throws IOException {
    var request =
        HttpRequest.newBuilder(uri).timeout(ANSWER).header("User-Agent", "longline").GET().build();
    var sent =
        CLIENT.sendAsync(
            request,
            answer ->
                answer.statusCode() == 200
                    ? new LimitedBody(limit, out)
                    : new LimitedBody(0, OutputStream.nullOutputStream()));
    try {
      return sent.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(shown(uri) + " cannot be read: " + reason(e), e);
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw new IOException(
          "%s was not read to its end in %d minutes".formatted(shown(uri), WHOLE.toMinutes()), e);
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("Reading " + shown(uri) + " was interrupted", e);
    }
  }

  private static String reason(ExecutionException failed) {
    var cause = Objects.requireNonNullElse(failed.getCause(), failed);
    if (cause instanceof ConnectException) {
      return "there is no connection to it";
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  @Override
  public String text() {
    return base.toString();
  }

  /** From https to https, and from this machine to anything but folders. */
  @Override
  public boolean allows(Place mirror) {
    return mirror instanceof WebPlace web
        && (web.base.getScheme().equals("https") || base.getScheme().equals("http"));
  }
}
