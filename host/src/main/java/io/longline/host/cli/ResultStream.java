package io.longline.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, which remembers that it could not be written: a {@link PrintStream} would go on
 * as if nothing had happened. Thread-safe.
 */
final class ResultStream extends PrintStream {

  private final Target target;

  ResultStream(OutputStream out) {
    this(new Target(out));
  }

  private ResultStream(Target target) {
    super(target, false, UTF_8);
    this.target = target;
  }

  /** The stream below, which throws when it cannot be written. */
  OutputStream throwing() {
    return target;
  }

  /** Why it cannot be written any more; null if it can. */
  @Nullable IOException failure() {
    return target.failure;
  }

  /** Whether nobody reads it any more: the pipe that it goes to was closed. */
  boolean isPipeClosed() {
    var failure = target.failure;
    return failure != null
        && String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
  }

  /** A stream that is not written again after a failure. */
  private static final class Target extends OutputStream {

    private final OutputStream out;
    private volatile @Nullable IOException failure;

    Target(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      check();
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      check();
      try {
        out.flush();
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    private void check() throws IOException {
      var before = failure;
      if (before != null) {
        throw new IOException(before.getMessage(), before);
      }
    }
  }
}
