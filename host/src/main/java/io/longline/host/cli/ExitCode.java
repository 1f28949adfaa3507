package io.longline.host.cli;

/** The exit codes of all commands; documented in {@code docs/cli.md}. */
final class ExitCode {

  /** Everything that was asked for was done. */
  static final int OK = 0;

  /** Finished, but a hook failed, a plugin did not load, or a path could not be used. */
  static final int PROBLEMS = 1;

  /** Wrong usage, or nothing to do. */
  static final int USAGE = 2;

  /** Refused before starting. */
  static final int REFUSED = 3;

  /** Ended by a signal: this plus the signal's number. */
  static final int SIGNAL = 128;

  /** Who read standard output has closed it: what a shell shows for a program ended by SIGPIPE. */
  static final int PIPE_CLOSED = SIGNAL + 13;

  private ExitCode() {}
}
