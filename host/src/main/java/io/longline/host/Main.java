package io.longline.host;

import io.longline.host.cli.CommandIo;
import io.longline.host.cli.LonglineCommand;
import io.longline.host.cli.ProcessEnd;
import io.longline.host.concurrent.HostThread;
import io.longline.host.concurrent.Uninterruptibly;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts the program, and ends it with the command's exit code. */
public final class Main {

  /** The exit code of a command that ended with an error of its own. */
  private static final int BROKEN = 1;

  private Main() {}

  /** Runs the command line. */
  public static void main(String[] args) {
    var code = new AtomicInteger(BROKEN);
    var io = CommandIo.takeOver(args);
    var end = ProcessEnd.of(io);
    // Code of a plugin can interrupt the thread that the JVM has started.
    var command = new HostThread(() -> code.set(LonglineCommand.run(args, io)), "command");
    command.start();
    Uninterruptibly.wait(command::join);
    end.limit(code.get());
    System.exit(code.get());
  }
}
