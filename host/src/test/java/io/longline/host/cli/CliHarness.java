package io.longline.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Runs commands in this JVM and keeps what they print. */
final class CliHarness {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path home;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private final List<Consumer<SignalSource.Name>> listeners = new ArrayList<>();
  private boolean isTerminal;
  private @Nullable String outProblem;
  private InputStream in = InputStream.nullInputStream();

  CliHarness(Path home) {
    this.home = home;
  }

  CliHarness variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  CliHarness terminal() {
    isTerminal = true;
    return this;
  }

  CliHarness input(String text) {
    in = new ByteArrayInputStream(text.getBytes(UTF_8));
    return this;
  }

  CliHarness input(InputStream stream) {
    in = stream;
    return this;
  }

  /** From now on standard output cannot be written, for this reason. */
  CliHarness brokenOutput(String reason) {
    outProblem = reason;
    return this;
  }

  private OutputStream target() {
    var problem = outProblem;
    if (problem == null) {
      return out;
    }
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(problem);
      }
    };
  }

  int run(String... args) {
    out.reset();
    err.reset();
    return LonglineCommand.run(args, io());
  }

  private CommandIo io() {
    return new CommandIo(
        new ResultStream(target()),
        new StatusLineStream(err, isTerminal, 80),
        in,
        environment,
        listeners::add,
        home,
        () -> {});
  }

  /** All commands. */
  CommandLine commands() {
    return LonglineCommand.commandLine(new String[0], io());
  }

  void raise(SignalSource.Name signal) {
    listeners.forEach(listener -> listener.accept(signal));
  }

  String out() {
    return out.toString(UTF_8);
  }

  String err() {
    return err.toString(UTF_8);
  }

  List<JsonNode> jsonLines() throws IOException {
    var objects = new ArrayList<JsonNode>();
    for (var line : out().lines().toList()) {
      objects.add(JSON.readTree(line));
    }
    return objects;
  }
}
