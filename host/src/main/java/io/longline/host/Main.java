package io.longline.host;

import io.longline.host.cli.CommandIo;
import io.longline.host.cli.LonglineCommand;

/** Starts the program, and ends it with the command's exit code. */
public final class Main {

  private Main() {}

  /** Runs the command line. */
  public static void main(String[] args) {
    System.exit(LonglineCommand.run(args, CommandIo.takeOver(args)));
  }
}
